import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import type { RowIssue } from '../../shared/dataset.ts';
import { correctionColumns } from './correctionColumns.ts';
import { neutraliseFormula } from './formulas.ts';

/** So many are written; more would not be corrected by hand. */
export const mostRejectedRows = 100_000;
const flushLength = 64 * 1024;

/**
 * Writes the rows that were kept out as a CSV for people: run, line, column, value, reason, then the row as it was.
 * Corrected, it can be dropped again as it is.
 *
 * Promise: UTF-8 with a byte order mark, the delimiter of the original; what a spreadsheet would take for a formula
 *          has a `'` before it, which is taken away when the file comes back.
 */
export class RejectedRows {
  readonly #path: string;
  readonly #runId: string;
  readonly #columns: readonly string[];
  #delimiter = ',';
  #file: number | undefined;
  #text = '';
  rows = 0;

  constructor(path: string, runId: string, columns: readonly string[]) {
    this.#path = path;
    this.#runId = runId;
    this.#columns = columns;
  }

  /** Before the first row. */
  writeWith(delimiter: string): void {
    if (this.#file === undefined) this.#delimiter = delimiter;
  }

  add(place: string, issues: readonly RowIssue[], fields: readonly string[]): void {
    if (this.rows >= mostRejectedRows) return;
    if (this.#file === undefined) {
      this.#file = openSync(this.#path, 'w', 0o600);
      this.#text = `\u{feff}${this.#line([...correctionColumns, ...this.#columns])}`;
    }
    this.rows += 1;
    const errors = issues.filter(({ severity }) => severity === 'error');
    this.#text += this.#line([
      this.#runId,
      place,
      errors.map(({ column }) => column).join(' | '),
      errors.map(({ value }) => value).join(' | '),
      errors.map(({ reason }) => reason).join(' | '),
      ...fields,
    ]);
    if (this.#text.length >= flushLength) this.#flush();
  }

  /** True when there is a file. Durable when it returns. */
  finish(): boolean {
    if (this.#file === undefined) return false;
    this.#flush();
    fsyncSync(this.#file);
    this.#close();
    return true;
  }

  discard(): void {
    this.#close();
    rmSync(this.#path, { force: true });
  }

  #flush(): void {
    if (this.#file !== undefined) writeSync(this.#file, this.#text);
    this.#text = '';
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #line(fields: readonly string[]): string {
    return `${fields.map((field) => this.#field(field)).join(this.#delimiter)}\r\n`;
  }

  #field(value: string): string {
    const text = neutraliseFormula(value.replaceAll('\0', ''));
    const needsQuotes = text.includes(this.#delimiter) || /["\r\n]/.test(text) || /^\s|\s$/.test(text);
    return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
  }
}
