import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { temporaryFolder } from './ledgerFixture.ts';
import { site, store12 } from './ledgerRows.ts';

it('a ledger from before the windows keeps its sites, whose version is not known yet, and takes one', () => {
  const path = join(temporaryFolder(), 'ledger.db');
  openLedger({ path, clock: systemClock, known: migrations.slice(0, 1) }).close();
  const old = new DatabaseSync(path);
  old.exec(`INSERT INTO sites (name, guid, label, first_seen_ms, last_receipt_number, last_receipt_ms,
      last_receipt_made, welcomed, all_starts_at)
    VALUES ('0012', 'g', 'High Street', 1, 2, 3, 4, 1, 5), ('central', NULL, '', 6, 0, NULL, 0, 0, NULL)`);
  old.close();

  const ledger = openLedger({ path, clock: systemClock });
  onTestFinished(() => ledger.close());
  const store = site({
    guid: 'g',
    lastReceiptNumber: 2,
    lastReceiptMs: 3,
    lastReceiptMade: 4,
    welcomed: true,
    allStartsAt: 5,
  });
  expect(ledger.read(({ sites }) => sites.all())).toStrictEqual([
    store,
    site({ name: 'central', label: '', firstSeenMs: 6 }),
  ]);
  ledger.commit('heard', ({ sites }) => sites.put({ ...store, version: '2.0.0' }));
  expect(ledger.read(({ sites }) => sites.get(store12)?.version)).toBe('2.0.0');
});
