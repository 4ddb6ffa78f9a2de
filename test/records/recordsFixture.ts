import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { Records } from '../../electron/records/records.ts';
import {
  columnNameSchema,
  type Dataset,
  datasetNameSchema,
  datasetSchema,
  setNameSchema,
} from '../../shared/dataset.ts';

export const name = (text: string) => datasetNameSchema.parse(text);
export const setName = (text: string) => setNameSchema.parse(text);
export const column = (text: string) => columnNameSchema.parse(text);
export const standard = setName('default');

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-records-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Opened {
  readonly records: Records;
  readonly path: string;
}

/** New datasets, closed and removed with the test. */
export function newRecords(clock: Clock = systemClock): Opened {
  const path = join(temporaryFolder(), 'records.db');
  const records = openRecords({ path, clock, random: systemRandom });
  onTestFinished(() => records.close());
  return { records, path };
}

/** A dataset of the fewest words. */
export function dataset(
  datasetName: string,
  columns: readonly Readonly<Record<string, unknown>>[],
  key: string[] = [],
): Dataset {
  return datasetSchema.parse({ formatVersion: 1, name: datasetName, columns, key });
}

/** Articles: a code, what it costs, and when it came. */
export const articles = dataset(
  'articles',
  [
    { name: 'code', type: 'text' },
    { name: 'price', type: 'decimal' },
    { name: 'added', type: 'date' },
  ],
  ['code'],
);

/** Stages rows and finishes; the lines are those of a file with a header. */
export function staged(
  records: Records,
  rows: readonly (readonly string[])[],
  to: { readonly of?: Dataset; readonly set?: string; readonly source?: string } = {},
) {
  const { of = articles, set = 'default', source = 'file.csv' } = to;
  const staging = records.stage(
    of.name,
    setName(set),
    source,
    of.columns.map((one) => one.name),
  );
  const issues = rows.flatMap((row, index) => [...staging.add(index + 2, row)]);
  staging.finish();
  return { staging, editionId: staging.editionId, issues };
}
