import { open } from 'node:fs/promises';
import { throwIfCancelled } from '../../shared/errors.ts';
import { nextTurn } from '../platform/clock.ts';
import { type CsvValue, csvText } from '../platform/csv/csvText.ts';
import type { Row } from '../records/records.ts';

export interface CsvFileRequest {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<Row>;
  readonly neutraliseFormulas: boolean;
  readonly signal: AbortSignal | undefined;
  /** After every few thousand rows. */
  onRows?(count: number): void;
}

/** Rows that are written at once; other work has its turn between two batches. */
const batchRows = 1000;

/**
 * Writes rows as CSV with a header row, streaming: memory stays flat whatever their number, and other work gets its
 * turn in between.
 *
 * Promise: whole and durable on the disk when it resolves; replaces what was at the path.
 * Errors:  cancelled; Node's own file errors.
 * Source:  RFC 4180.
 */
export async function writeCsvFile(
  request: CsvFileRequest,
): Promise<{ readonly rows: number; readonly sizeBytes: number }> {
  const { path, columns, neutraliseFormulas, signal } = request;
  const formulas = neutraliseFormulas ? 'neutralise' : 'keep';
  const file = await open(path, 'w', 0o600);
  try {
    let batch: CsvValue[][] = [[...columns]];
    let rows = 0;
    let sizeBytes = 0;
    const flush = async () => {
      const bytes = Buffer.from(csvText(batch, formulas));
      await file.writeFile(bytes);
      sizeBytes += bytes.length;
      batch = [];
    };
    for (const row of request.rows) {
      batch.push(columns.map((column) => row.values[column]));
      rows += 1;
      if (batch.length < batchRows) continue;
      throwIfCancelled(signal);
      await flush();
      await nextTurn();
      request.onRows?.(rows);
    }
    if (batch.length > 0) await flush();
    await file.sync();
    return { rows, sizeBytes };
  } finally {
    await file.close();
  }
}
