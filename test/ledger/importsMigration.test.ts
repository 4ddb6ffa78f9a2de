import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import type { ImportReport } from '../../shared/importReport.ts';
import { temporaryFolder } from './ledgerFixture.ts';

const report = (runId: string, startedMs: number, part: Partial<ImportReport> = {}): ImportReport => ({
  runId,
  channel: 'rates',
  dataset: 'rate-book',
  set: 'default',
  mode: 'real',
  outcome: 'running',
  source: 'book.csv',
  origin: 'test',
  sizeBytes: 0,
  sha256: '',
  startedMs,
  files: [],
  counts: { rows: 0, accepted: 0, rejected: 0, warnings: 0, notices: 0 },
  issues: [],
  moreIssues: 0,
  rejectedFile: false,
  ...part,
});

it('a ledger from before the imports takes them, tells files apart by their key, and forgets what is old', () => {
  const path = join(temporaryFolder(), 'ledger.db');
  openLedger({ path, clock: systemClock, known: migrations.slice(0, 2) }).close();
  const ledger = openLedger({ path, clock: systemClock });
  onTestFinished(() => ledger.close());
  ledger.commit('imports', ({ importRuns }) => {
    importRuns.insert(report('1', 10), 'incoming |a');
    importRuns.insert(report('2', 20), 'incoming |a');
    importRuns.insert(report('3', 30, { set: 'other' }), 'drop b');
    importRuns.save(report('1', 10, { outcome: 'published' }));
  });
  ledger.read(({ importRuns }) => {
    const ids = (reports: readonly ImportReport[]) => reports.map(({ runId }) => runId);
    expect(ids(importRuns.open())).toEqual(['2', '3']);
    expect(ids(importRuns.ofSource('incoming |a'))).toEqual(['1', '2']);
    expect(importRuns.unsettled('incoming ')).toEqual(['incoming |a']);
    expect(ids(importRuns.list({ limit: 2 }))).toEqual(['3', '2']);
    expect(ids(importRuns.list({ channel: 'rates', set: 'default', beforeMs: 20, limit: 9 }))).toEqual(['1']);
  });
  ledger.commit('settled', ({ importRuns }) => {
    importRuns.settle('incoming |a');
    importRuns.prune(15);
  });
  ledger.read(({ importRuns }) => {
    expect(importRuns.ofSource('incoming |a')).toEqual([]);
    expect(importRuns.unsettled('incoming ')).toEqual([]);
    expect(importRuns.get('1')).toBeUndefined();
    expect(importRuns.get('2')).toEqual(report('2', 20));
  });
});
