import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerRuns } from '../../electron/engine/areas/imports/ledgerRuns.ts';
import { runImport } from '../../electron/imports/runImport.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom, uuidV7 } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { setNameSchema } from '../../shared/dataset.ts';
import { importChannelSchema } from '../../shared/importsSettings.ts';
import { header, rates } from './readSample.ts';

/** Imports a large file in a process of its own, whose heap is bounded from outside; says the outcome as JSON. */
const folder = mkdtempSync(join(tmpdir(), 'branchline-large-import-'));
try {
  const path = join(folder, 'large.csv');
  const file = openSync(path, 'w');
  writeSync(file, `${header}\n`);
  for (let block = 0; block < 401; block += 1) {
    const rate = block === 400 ? 'none' : '1.50';
    const rows = Array.from(
      { length: 1000 },
      (_, row) => `V${block}-${row},24,${rate},2026-01-31,"a note, of some length, about ${block}-${row}"`,
    );
    writeSync(file, `${rows.join('\n')}\n`);
  }
  closeSync(file);
  const records = openRecords({ path: join(folder, 'records.db'), clock: systemClock, random: systemRandom });
  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock: systemClock });
  records.addDataset(rates);
  const report = await runImport(
    {
      records: () => records,
      runs: ledgerRuns(ledger),
      clock: systemClock,
      random: systemRandom,
      folder: join(folder, 'imports'),
      tell: { start: () => undefined, end: () => undefined },
    },
    {
      runId: uuidV7(systemRandom, systemClock),
      channel: importChannelSchema.parse({ name: 'rates', dataset: 'rates', from: { folder: 'ratebooks' } }),
      set: setNameSchema.parse('default'),
      mode: 'real',
      path,
      name: 'large.csv',
      origin: 'test',
      sourceKey: 'large',
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );
  process.stdout.write(JSON.stringify({ outcome: report.outcome, ...report.counts, error: report.error }));
  records.close();
  ledger.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
