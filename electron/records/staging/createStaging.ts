import type { Dataset, RowIssue } from '../../../shared/dataset.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { EditionsTable } from '../editionsTable.ts';
import type { Staging } from '../records.ts';
import type { RecordsDb } from '../recordsDb.ts';
import { fix } from '../recordsErrors.ts';
import { sqlName, tableOf } from '../rowTable.ts';
import type { Stored } from '../values/columnReader.ts';
import type { RowReader } from '../values/rowReader.ts';
import { mostRows } from './keySet.ts';
import { RowBuffer } from './rowBuffer.ts';
import { uniqueRows } from './uniqueRows.ts';

/**
 * Rows after which SQLite's log is moved into its file, so that it stays small however large the edition is: each time
 * waits for the disk.
 */
const rowsPerSettling = 500_000;

export interface StagingParts {
  readonly records: RecordsDb;
  readonly editions: EditionsTable;
  readonly dataset: Dataset;
  readonly number: number;
  readonly editionId: string;
  readonly reader: RowReader;
  /** It is over: published, discarded or given up. */
  readonly onEnd: () => void;
  readonly onDiscard: () => void;
}

/** An edition on its way, into a table that nobody reads yet. */
export function createStaging(parts: StagingParts): Staging {
  const { records, editions, dataset, number, editionId, reader } = parts;
  const table = tableOf(number);
  const width = dataset.columns.length;
  const buffer = new RowBuffer(table, width);
  const lookUp = rowLookUp(records, table, dataset);
  const unique = uniqueRows(
    dataset,
    () => records.random.bytes(4).readUInt32BE(),
    (row, column) => (row > buffer.flushed ? buffer.value(row, column) : lookUp(row, column)),
  );
  let state: 'open' | 'finished' | 'over' = 'open';
  let settledAt = 0;

  function mustBeOpen(): void {
    if (state !== 'open') throw new Error('This edition takes no more rows: it was finished or discarded.');
  }

  function flush(): void {
    records.bulk((db) => buffer.flush(db));
    buffer.settle();
    if (buffer.flushed - settledAt < rowsPerSettling) return;
    settledAt = buffer.flushed;
    records.settle();
  }

  return {
    editionId,
    get rows() {
      return buffer.rows;
    },
    add(line, texts) {
      mustBeOpen();
      const { target, offset } = buffer;
      const found = reader.read(line, texts, target, offset);
      if (found.length > 0 && found.some(isError)) return found;
      const doubled = unique.check(line, target, offset);
      const issues = found.length === 0 ? doubled : doubled.length === 0 ? found : [...found, ...doubled];
      if (doubled.length > 0 && doubled.some(isError)) return issues;
      if (buffer.rows >= mostRows) throw tooManyRows();
      let characters = 0;
      for (let at = 0; at < texts.length; at += 1) characters += texts[at]?.length ?? 0;
      buffer.accept(characters);
      unique.add(buffer.rows);
      if (buffer.isFull) flush();
      return issues;
    },
    finish() {
      mustBeOpen();
      flush();
      records.write(() => {
        editions.setRows(number, buffer.rows);
        editions.setState(number, 'staged');
      });
      state = 'finished';
      parts.onEnd();
    },
    discard() {
      if (state === 'over') return;
      const wasOpen = state === 'open';
      state = 'over';
      if (wasOpen) parts.onEnd();
      try {
        records.write(() => {
          const known = editions.byId(editionId);
          if (known !== undefined && known.state !== 'kept') editions.setState(number, 'dropping');
        });
        parts.onDiscard();
      } catch (error) {
        // A full disk is often why it is discarded. What stays is swept when Records are opened the next time.
        if (!(error instanceof ExchangeError && error.class === 'full')) throw error;
      }
    },
  };
}

function isError({ severity }: RowIssue): boolean {
  return severity === 'error';
}

/** Looks single values of rows up that are in the table; the last row is remembered, for keys of several columns. */
function rowLookUp(
  records: RecordsDb,
  table: string,
  { columns }: Dataset,
): (number: number, column: number) => Stored {
  const names = columns.map(({ name }) => sqlName(name)).join(', ');
  let last: { readonly number: number; readonly values: readonly Stored[] } | undefined;
  return (number, column) => {
    if (last?.number !== number) {
      const row = records.db.prepare(`SELECT ${names} FROM ${table} WHERE _number = ?`).get(number) ?? {};
      // The table holds texts, numbers and nulls only: it is STRICT and declares no other types.
      last = { number, values: Object.values(row) as Stored[] };
    }
    return last.values[column] ?? null;
  };
}

function tooManyRows(): Error {
  return fix(
    'too-many-rows',
    `An edition can have ${mostRows.toLocaleString('en')} rows; this one has more.`,
    'Divide the data over several sets.',
  );
}
