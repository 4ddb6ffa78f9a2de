import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { newLedger, temporaryFolder } from './ledgerFixture.ts';

const look = { folder: 'drop', name: 'ü 1.pdf', sizeBytes: 2 ** 40, modifiedMs: 5, unchangedSinceMs: 6 };
const claim = { ...look, claim: 'abc', claimedName: 'abc~ü 1.pdf', round: 0, settlement: undefined };

it('looks at drop folders are kept by folder and name', () => {
  const ledger = newLedger();
  ledger.commit('put', ({ dropFolders }) => {
    dropFolders.putLook(look);
    dropFolders.putLook({ ...look, folder: 'other' });
    dropFolders.putLook({ ...look, modifiedMs: undefined, sizeBytes: 1 });
  });
  expect(ledger.read(({ dropFolders }) => dropFolders.looks('drop'))).toStrictEqual([
    { ...look, modifiedMs: undefined, sizeBytes: 1 },
  ]);
  ledger.commit('remove', ({ dropFolders }) => dropFolders.removeLook('drop', look.name));
  ledger.read(({ dropFolders }) => {
    expect(dropFolders.looks('drop')).toEqual([]);
    expect(dropFolders.looks('other')).toHaveLength(1);
  });
});

it('claims are put, replaced and removed, with what becomes of their file', () => {
  const ledger = newLedger();
  const settled = { ...claim, round: 2, settlement: { do: 'move', to: 'drop/done', as: 'a.pdf' } } as const;
  ledger.commit('put', ({ dropFolders }) => {
    dropFolders.putClaim(claim);
    dropFolders.putClaim({ ...claim, claim: 'def', folder: 'other' });
  });
  expect(ledger.read(({ dropFolders }) => dropFolders.claims('drop'))).toStrictEqual([claim]);
  ledger.commit('put', ({ dropFolders }) => dropFolders.putClaim(settled));
  ledger.read(({ dropFolders }) => {
    expect(dropFolders.claims('drop')).toStrictEqual([settled]);
    expect(dropFolders.claims()).toHaveLength(2);
  });
  ledger.commit('remove', ({ dropFolders }) => dropFolders.removeClaim('abc'));
  expect(ledger.read(({ dropFolders }) => dropFolders.claims('drop'))).toEqual([]);
});

it('a ledger from before drop folders gets them', () => {
  const path = join(temporaryFolder(), 'ledger.db');
  const before = migrations.findIndex(({ sql }) => sql.includes('drop_claims'));
  openLedger({ path, clock: systemClock, known: migrations.slice(0, before) }).close();
  const ledger = openLedger({ path, clock: systemClock });
  onTestFinished(() => ledger.close());
  ledger.commit('put', ({ dropFolders }) => dropFolders.putClaim(claim));
  expect(ledger.read(({ dropFolders }) => dropFolders.claims())).toStrictEqual([claim]);
});
