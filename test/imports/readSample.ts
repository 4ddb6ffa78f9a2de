import { readCsv } from '../../electron/imports/read/readCsv.ts';
import type { FaultyRow, ReadFile, ReadRow } from '../../electron/imports/read/rowSource.ts';
import { type Dataset, datasetSchema } from '../../shared/dataset.ts';
import type { ImportEncoding } from '../../shared/importsSettings.ts';

/** A small rate book, as its partners might have it. */
export const rates: Dataset = datasetSchema.parse({
  formatVersion: 1,
  name: 'rates',
  columns: [
    { name: 'vehicle', title: 'Vehicle code', type: 'text', required: true },
    { name: 'term', type: 'integer' },
    { name: 'rate', type: 'decimal' },
    { name: 'valid-from', type: 'date' },
    { name: 'note', type: 'text' },
  ],
  key: ['vehicle', 'term'],
});

export const header = 'vehicle,term,rate,valid-from,note';

export interface ReadSample {
  readonly files: ReadFile[];
  /** Line and texts. */
  readonly rows: [number, ...string[]][];
  readonly faults: [number, FaultyRow['kind']][];
}

/** Reads bytes as one CSV, in pieces of `pieceBytes`: at 1, every place is cut once. */
export async function readSample(
  bytes: Buffer | string,
  { encoding = 'automatic', pieceBytes = 7 }: { encoding?: ImportEncoding; pieceBytes?: number } = {},
): Promise<ReadSample> {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const sample: ReadSample = { files: [], rows: [], faults: [] };
  await readCsv({ name: 'rates.csv', bytes: inPieces(content, pieceBytes) }, rates, encoding, {
    begin: (file) => sample.files.push(file),
    row: (row: ReadRow) => sample.rows.push([row.line, ...row.texts]),
    fault: ({ line, kind }) => sample.faults.push([line, kind]),
  });
  return sample;
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
