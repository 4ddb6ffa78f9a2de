import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Stored } from '../values/columnReader.ts';

/** Rows that one statement inserts: calling SQLite costs as much as a row does. */
const rowsPerStatement = 32;
/** Rows that one transaction takes: about 20 ms, so that nobody who writes waits long. */
const rowsPerFlush = 4096;
const charactersPerFlush = 8_000_000;

/**
 * Rows on their way into a table, many in one statement, without an array for each row.
 *
 * Shape: a row's values lie in `target`, from `offset` on, `width` of them.
 */
export class RowBuffer {
  readonly #blocks: Stored[][] = [];
  readonly #width: number;
  readonly #table: string;
  #count = 0;
  #flushed = 0;
  #characters = 0;
  #many: StatementSync | undefined;
  #one: StatementSync | undefined;

  /** `columns` are the table's besides `_number` and `_changed_ms`, all of them. */
  constructor(table: string, columns: number) {
    this.#table = table;
    this.#width = columns + 1;
  }

  /** Rows that were taken, flushed or not. */
  get rows(): number {
    return this.#flushed + this.#count;
  }

  /** Rows that are in the table already. */
  get flushed(): number {
    return this.#flushed;
  }

  /** Where the next row's values go. */
  get target(): Stored[] {
    const index = Math.floor(this.#count / rowsPerStatement);
    const known = this.#blocks[index];
    if (known !== undefined) return known;
    const made: Stored[] = new Array(rowsPerStatement * this.#width).fill(null);
    this.#blocks.push(made);
    return made;
  }

  get offset(): number {
    return (this.#count % rowsPerStatement) * this.#width + 1;
  }

  /** A value of a row that is not in the table yet. */
  value(number: number, column: number): Stored {
    const index = number - this.#flushed - 1;
    const block = this.#blocks[Math.floor(index / rowsPerStatement)];
    return block?.[(index % rowsPerStatement) * this.#width + 1 + column] ?? null;
  }

  /** Takes the row that lies in `target`. */
  accept(characters: number): void {
    this.target[this.offset - 1] = this.rows + 1;
    this.#count += 1;
    this.#characters += characters;
  }

  get isFull(): boolean {
    return this.#count >= rowsPerFlush || this.#characters >= charactersPerFlush;
  }

  /** Puts what waits into the table, within the caller's transaction. What it throws leaves the buffer as it was. */
  flush(db: DatabaseSync): void {
    const values = `(${['?', 'NULL', ...new Array(this.#width - 1).fill('?')].join(', ')})`;
    const insert = (rows: number) =>
      db.prepare(`INSERT INTO ${this.#table} VALUES ${new Array(rows).fill(values).join(', ')}`);
    const full = Math.floor(this.#count / rowsPerStatement);
    for (let index = 0; index < full; index += 1) {
      this.#many ??= insert(rowsPerStatement);
      this.#many.run(...(this.#blocks[index] ?? []));
    }
    for (let row = 0; row < this.#count % rowsPerStatement; row += 1) {
      this.#one ??= insert(1);
      this.#one.run(...(this.#blocks[full] ?? []).slice(row * this.#width, (row + 1) * this.#width));
    }
  }

  /** What was flushed is committed. */
  settle(): void {
    // Long values are not held any longer than needed.
    if (this.#characters > charactersPerFlush / 4) this.#blocks.length = 0;
    this.#flushed += this.#count;
    this.#count = 0;
    this.#characters = 0;
  }
}
