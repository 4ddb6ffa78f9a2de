import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { newLedger, temporaryFolder } from './ledgerFixture.ts';
import { site, store12, store13 } from './ledgerRows.ts';

it('a ledger from before exports keeps its sites and takes exports, sets and appended files', () => {
  const path = join(temporaryFolder(), 'ledger.db');
  const version = migrations.findIndex(({ sql }) => sql.includes('CREATE TABLE export_runs'));
  const old = openLedger({ path, clock: systemClock, known: migrations.slice(0, version) });
  old.commit('site', ({ sites }) => sites.put(site()));
  old.close();
  const ledger = openLedger({ path, clock: systemClock });
  onTestFinished(() => ledger.close());
  expect(ledger.read(({ sites }) => sites.all())).toStrictEqual([site()]);
  const row = { name: 'users', sinceMs: 1, mark: { dataset: 'users', sets: {} }, pending: undefined };
  ledger.commit('put', ({ exports }) => exports.put(row));
  expect(ledger.read(({ exports }) => exports.get('users'))).toStrictEqual(row);
});

it('runs of exports are kept newest first, and a killed one is marked when the next begins', () => {
  const ledger = newLedger();
  const begin = (runId: string, name: string, startedMs: number) =>
    ledger.commit('begin', ({ exports }) => {
      exports.closeInterrupted();
      exports.begin({ runId, name, startedBy: 'test', startedMs });
    });
  begin('one', 'users', 1);
  begin('two', 'enquiries', 2);
  ledger.commit('end', ({ exports }) =>
    exports.end({
      runId: 'two',
      endedMs: 3,
      outcome: 'done',
      rows: 4,
      sizeBytes: 5,
      fileName: '2026-01-01-00-00-00.csv',
      note: 'n',
      error: undefined,
    }),
  );
  const told = ledger.read(({ exports }) => exports.runs(10));
  expect(told.map(({ runId, outcome }) => `${runId} ${outcome}`)).toEqual(['two done', 'one interrupted']);
  expect(ledger.read(({ exports }) => exports.runs(10, 'users'))).toHaveLength(1);
  ledger.commit('prune', ({ exports }) => exports.prune(2));
  expect(ledger.read(({ exports }) => exports.run('one'))).toBeUndefined();
});

it("a store's newest receipt says all that it has: what it does not name, it does not have", () => {
  const ledger = newLedger();
  const send = {
    dataset: 'rate-book',
    set: 'default',
    issue: 1,
    attempt: 1,
    target: 'all',
    state: 'written',
    sentMs: 1,
  } as const;
  const told = () =>
    ledger
      .read(({ sets }) => sets.storeEditions())
      .map(({ site: of, name, edition }) => `${of} ${name} ${edition}`);
  ledger.commit('sent', ({ sets }) => {
    sets.putSend({ ...send, site: store12 });
    sets.putSend({ ...send, site: store13 });
  });
  // An older program says nothing: nothing is known.
  ledger.commit('told', ({ sets }) => sets.told(store13, undefined, 2));
  expect(told()).toEqual([]);
  ledger.commit('told', ({ sets }) => sets.told(store12, {}, 2));
  expect(told()).toEqual([`${store12} rate-book/default undefined`]);
  ledger.commit('told', ({ sets }) => sets.told(store12, { 'rate-book/default': 'e', 'x/y': 'f' }, 3));
  expect(told()).toEqual([`${store12} rate-book/default e`, `${store12} x/y f`]);
  ledger.commit('told', ({ sets }) => sets.told(store12, undefined, 4));
  expect(told()).toEqual([`${store12} rate-book/default undefined`, `${store12} x/y undefined`]);
});
