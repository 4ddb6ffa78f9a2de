import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import { rateColumns, writeRateBook } from './importRates.ts';
import { measureProcess } from './measureProcess.ts';

const leastShare = 0.6;
const mostBytes = 300_000_000;
const mostPublishMs = 100;
const mostWaitMs = 100;
/** Whatever the machine does beside it: the best of these counts, for both. */
const rounds = 3;
const earlierRows = 1000;

interface Run {
  readonly rows: number;
  readonly milliseconds: number;
  /** What the processors worked for it; on a busy machine it says more than the time that passed. */
  readonly processorMs: number;
  readonly publishMs?: number;
  readonly peakBytes: number;
}

interface Waits {
  readonly reads: number;
  readonly longestMs: number;
  readonly editions: number;
}

/**
 * An import of a rate book (parse, validate, stage, publish) beside the bare limit of the same machine: csv-parse into
 * a prepared insert, without validation. Another process reads the published rate book all the time.
 *
 * Shape: what was promised and does not hold.
 */
export async function runImportBench(say: (text: string) => void, rows: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-import-bench-'));
  try {
    const csv = join(folder, 'rates.csv');
    writeRateBook(csv, rows);
    say(`\nImports: a rate book of ${rows.toLocaleString('en')} rows, ${rateColumns.length} columns\n`);
    const bare: Run[] = [];
    const imports: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const place = join(folder, String(round));
      mkdirSync(place);
      bare.push(await measure('bare', csv, place));
      imports.push(await measure('import', csv, place));
      rmSync(place, { recursive: true });
    }
    // A reader takes processor time from an import, so it is a trial of its own.
    const place = join(folder, 'read');
    mkdirSync(place);
    publishSmall(join(place, 'records.db'));
    const reader = await startReader(join(place, 'records.db'));
    const beside = await measure('import', csv, place);
    const waits = await reader.stop();
    return report(say, { bare, imports, beside, waits });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(mode: 'bare' | 'import', csv: string, folder: string): Promise<Run> {
  const script = join(import.meta.dirname, 'importBenchMain.ts');
  const { output } = await measureProcess({ program: process.execPath, args: [script, mode, csv, folder] });
  // The script's last line.
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Run;
}

/** Something for the reader to read before the first import. */
function publishSmall(path: string): void {
  const records = openRecords({ path, clock: systemClock, random: systemRandom });
  const dataset = datasetNameSchema.parse('rate-book');
  const set = setNameSchema.parse('default');
  const staging = records.stage(dataset, set, 'earlier.csv', [
    'vehicle',
    'term',
    'mileage',
    'payment_profile',
    'rate',
  ]);
  for (let row = 0; row < earlierRows; row += 1) {
    staging.add(row + 2, [`V${row}`, '24', '10000', 'monthly', '199.00']);
  }
  staging.finish();
  records.publish(dataset, set, staging.editionId, 1);
  records.close();
}

async function startReader(path: string): Promise<{ stop(): Promise<Waits> }> {
  const script = join(import.meta.dirname, 'importReaderMain.ts');
  const child = spawn(process.execPath, [script, path, String(earlierRows)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    async stop() {
      child.stdin.end();
      const { value } = await lines.next();
      if (value === undefined) throw new Error('The reader ended before it was told to.');
      // The script's one line.
      return JSON.parse(value) as Waits;
    },
  };
}

interface Results {
  readonly bare: readonly Run[];
  readonly imports: readonly Run[];
  /** The import that another process read beside. */
  readonly beside: Run;
  readonly waits: Waits;
}

/** What does not hold. */
function report(say: (text: string) => void, { bare, imports, beside, waits }: Results): readonly string[] {
  const rate = (runs: readonly Run[]) => Math.max(...runs.map((run) => (1000 * run.rows) / run.milliseconds));
  const share = rate(imports) / rate(bare);
  const all = [...imports, beside];
  const peak = Math.max(...all.map(({ peakBytes }) => peakBytes));
  const publish = Math.max(...all.map(({ publishMs = Number.POSITIVE_INFINITY }) => publishMs));
  const { longestMs: wait, reads, editions } = waits;
  const broken: string[] = [];
  const line = (holds: boolean, text: string) => {
    say(`  ${holds ? 'holds' : 'FAILS'}  ${text}\n`);
    if (!holds) broken.push(text);
  };
  say(
    `  bare limit ${thousands(rate(bare))} rows/s, import ${thousands(rate(imports))} rows/s (best of ${rounds} each);\n` +
      `  processor time ${seconds(bare)} s and ${seconds(imports)} s\n`,
  );
  line(
    share >= leastShare,
    `import at ${(100 * share).toFixed(0)} % of the bare limit, at least ${100 * leastShare} %`,
  );
  line(peak <= mostBytes, `resident memory ${(peak / 1e6).toFixed(0)} MB, at most ${mostBytes / 1e6} MB`);
  line(publish <= mostPublishMs, `publishing took ${publish.toFixed(1)} ms, at most ${mostPublishMs} ms`);
  line(
    wait <= mostWaitMs && editions <= 2,
    `the longest of ${reads.toLocaleString('en')} reads in another process took ${wait.toFixed(1)} ms, at most ${mostWaitMs} ms`,
  );
  return broken;
}

function seconds(runs: readonly Run[]): string {
  return (Math.min(...runs.map(({ processorMs }) => processorMs)) / 1000).toFixed(1);
}

function thousands(rate: number): string {
  return `${(rate / 1000).toFixed(0)} thousand`;
}
