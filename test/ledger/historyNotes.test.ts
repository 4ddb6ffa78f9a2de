import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { historyNotesSql } from '../../electron/ledger/migrations/0007HistoryNotes.ts';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { temporaryFolder } from './ledgerFixture.ts';

it('a ledger from before the notes takes them, keeps them in order and tells the newest first', () => {
  const path = join(temporaryFolder(), 'ledger.db');
  const own = migrations.findIndex(({ sql }) => sql === historyNotesSql);
  const before = migrations.slice(0, own);
  openLedger({ path, clock: systemClock, known: before }).close();
  const ledger = openLedger({ path, clock: systemClock });
  onTestFinished(() => ledger.close());
  expect(ledger.read(({ historyNotes }) => historyNotes.latest(10))).toEqual([]);
  // The clock was set back between the two.
  for (const [atMs, text] of [
    [200, 'first'],
    [100, 'second'],
  ] as const)
    ledger.commit('note', ({ historyNotes }) => historyNotes.add({ atMs, level: 'warning', text }));
  expect(ledger.read(({ historyNotes }) => historyNotes.latest(10))).toEqual([
    { atMs: 100, level: 'warning', text: 'second' },
    { atMs: 200, level: 'warning', text: 'first' },
  ]);
  expect(ledger.read(({ historyNotes }) => historyNotes.latest(1))).toHaveLength(1);
});
