// One measured import, or the bare limit, in a process of its own: what it took is its last line, as JSON.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse';
import { RejectedRows } from '../../electron/imports/rejectedRows.ts';
import { stageFile } from '../../electron/imports/stageFile.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { keepMemorySmall } from '../../electron/platform/keepMemorySmall.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { datasetNameSchema, parsingSchema, setNameSchema } from '../../shared/dataset.ts';
import { rateColumns } from './importRates.ts';

const [mode = '', csv = '', folder = ''] = process.argv.slice(2);

/** csv-parse into a prepared insert: no type, no check, no other edition; durable at the end, as an import is. */
async function bare(): Promise<object> {
  const db = new DatabaseSync(join(folder, 'bare.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec(`CREATE TABLE rates (${rateColumns.map((name) => `${name} TEXT`).join(', ')}) STRICT`);
  const insert = db.prepare(`INSERT INTO rates VALUES (${rateColumns.map(() => '?').join(', ')})`);
  const startMs = performance.now();
  const startedWith = processorTime();
  db.exec('BEGIN');
  let rows = 0;
  for await (const row of createReadStream(csv).pipe(parse({ from_line: 2 }))) {
    insert.run(...row);
    rows += 1;
  }
  db.exec('COMMIT');
  const milliseconds = performance.now() - startMs;
  const processorMs = processorTime() - startedWith;
  db.close();
  return { rows, milliseconds, processorMs };
}

async function imported(): Promise<object> {
  const records = openRecords({ path: join(folder, 'records.db'), clock: systemClock, random: systemRandom });
  const set = setNameSchema.parse('default');
  const dataset = records.dataset(datasetNameSchema.parse('rate-book'));
  if (dataset === undefined) throw new Error('The rate book is built in.');
  const startMs = performance.now();
  const startedWith = processorTime();
  const { staging, read } = await stageFile({
    records,
    dataset,
    set,
    channel: { encoding: 'automatic', parsing: parsingSchema.parse({}) },
    path: csv,
    name: 'rates.csv',
    rejected: new RejectedRows(join(folder, 'rejected.csv'), 'bench', [...rateColumns]),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    correctionBase: () => '',
  });
  if (staging === undefined) throw new Error('The file was not staged.');
  const publishMs = performance.now();
  records.publish(dataset.name, set, staging.editionId, 1);
  const endMs = performance.now();
  const processorMs = processorTime() - startedWith;
  records.close();
  return {
    rows: read.counts.accepted,
    milliseconds: endMs - startMs,
    processorMs,
    publishMs: endMs - publishMs,
  };
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

keepMemorySmall();
const measured = await (mode === 'bare' ? bare() : imported());
process.stdout.write(
  `${JSON.stringify({ ...measured, peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`,
);
