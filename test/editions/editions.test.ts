import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runTransmission } from '../../electron/engine/runTransmission.ts';
import { siteOf } from '../../electron/engine/siteOf.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { Records } from '../../electron/records/records.ts';
import { createFolderTransportFactory } from '../../electron/transport/folder/folderTransportFactory.ts';
import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import { receiptSchema } from '../../shared/receipt.ts';
import { type EngineOffice, type EngineSite, officeOfEngines } from './officeOfEngines.ts';

const rateBook = datasetNameSchema.parse('rate-book');
const standard = setNameSchema.parse('default');
const columns = ['vehicle', 'term', 'mileage', 'payment_profile', 'rate'];

/** Publishes a rate book of so many rows at these rates, as an import does. */
function publish(records: Records, rate: string, rows = 3): string {
  const staging = records.stage(rateBook, standard, `${rate}.csv`, columns);
  for (let row = 1; row <= rows; row += 1) {
    const issues = staging.add(row + 1, [`Car "${row}", 5d\nred`, '36', String(row * 1000), 'monthly', rate]);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  staging.finish();
  records.publish(rateBook, standard, staging.editionId, 5);
  return staging.editionId;
}

/** What readers of a site see: each row as vehicle and rate. */
function seen(site: EngineSite): string[] {
  return site.withRecords((records) =>
    records
      .rows({ dataset: rateBook, set: standard, limit: 1000 })
      .rows.map(({ values }) => `${values['vehicle']} ${values['rate']}`),
  );
}

function book(rate: string, rows = 3): string[] {
  return Array.from({ length: rows }, (_, row) => `Car "${row + 1}", 5d\nred ${rate}`);
}

async function editions(office: EngineOffice) {
  const rows = await office.central.withEngine((engine) => engine.stores());
  return Object.fromEntries(
    rows.map(({ name, editions: all }) => [name, all.map(({ state }) => state).join()]),
  );
}

async function officeWith(...numbers: string[]) {
  const office = await officeOfEngines({
    subscriptions: [{ dataset: 'rate-book', set: 'default', stores: 'all' }],
  });
  const stores: EngineSite[] = [];
  for (const number of numbers) stores.push(await office.addStore(number));
  await office.central.transmit();
  return { office, central: office.central, stores };
}

function setPackets({ homeDir }: EngineOffice): string[] {
  const found: string[] = [];
  for (const name of readdirSync(homeDir, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.tar.zst')) found.push(name);
  }
  return found.sort();
}

it('a published set reaches all stores in one packet, switches there, and comes back in their receipts', async () => {
  const { office, central, stores } = await officeWith('0001', '0002');
  central.withRecords((records) => publish(records, '100.50'));
  await central.transmit();
  expect(setPackets(office).map((path) => path.split('/')[0])).toEqual(['all']);
  expect(await editions(office)).toEqual({ '0001': 'not-told', '0002': 'not-told' });
  for (const store of stores) {
    expect((await store.transmit()).attention).toEqual([]);
    expect(seen(store)).toEqual(book('100.50'));
  }
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'current', '0002': 'current' });
  expect(setPackets(office)).toEqual([]);
  // Nothing has changed: nothing is sent.
  expect((await central.transmit()).packed).toMatchObject({ packets: 0 });
  const status = await central.withEngine((engine) => engine.status());
  expect(status.stores.map((store) => store.editions)).toEqual([
    { current: 1, behind: 0 },
    { current: 1, behind: 0 },
  ]);
  expect(readdirSync(join(stores[0]?.dataDir ?? '', 'incoming'), { recursive: true }).join()).not.toContain(
    '.csv',
  );
});

it('a newer edition and one published again each take the place of what the store has', async () => {
  const { office, central, stores } = await officeWith('0001');
  const [store] = stores;
  if (store === undefined) throw new Error('a store is needed');
  const first = central.withRecords((records) => publish(records, '100.00'));
  await central.transmit();
  await store.transmit();
  central.withRecords((records) => publish(records, '200.00', 5));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'older' });
  await store.transmit();
  expect(seen(store)).toEqual(book('200.00', 5));
  central.withRecords((records) => records.publish(rateBook, standard, first, 5));
  await central.transmit();
  await store.transmit();
  expect(seen(store)).toEqual(book('100.00'));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'current' });
});

it('rows that were added to the published edition reach the stores too', async () => {
  const { office, central, stores } = await officeWith('0001');
  const [store] = stores;
  if (store === undefined) throw new Error('a store is needed');
  central.withRecords((records) => publish(records, '100.00', 1));
  await central.transmit();
  await store.transmit();
  const values = { vehicle: 'Van', term: '24', mileage: '1', payment_profile: 'x', rate: '9.99' };
  central.withRecords((records) => expect(records.add(rateBook, standard, values)).toEqual([]));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'older' });
  await store.transmit();
  await central.transmit();
  expect(seen(store)).toEqual([...book('100.00', 1), 'Van 9.99']);
  expect(await editions(office)).toEqual({ '0001': 'current' });
  expect((await central.transmit()).packed).toMatchObject({ packets: 0 });
});

it('an edition that still waits in the queue is not sent when a newer one is published', async () => {
  const { office, central, stores } = await officeWith('0001');
  const [store] = stores;
  if (store === undefined) throw new Error('a store is needed');
  // A file where the folder tmp/ should be: nothing can be uploaded.
  const tmp = join(office.homeDir, 'tmp');
  rmSync(tmp, { recursive: true });
  writeFileSync(tmp, '');
  central.withRecords((records) => publish(records, '100.00'));
  await central.transmit();
  const waiting = await central.withEngine((engine) => engine.queue());
  expect(waiting.map(({ state, kind }) => `${state} ${kind}`)).toEqual(['queued files']);
  await office.clock.advance(3_600_000);
  rmSync(tmp);
  mkdirSync(tmp);
  central.withRecords((records) => publish(records, '200.00'));
  await central.transmit();
  const taken = await store.transmit();
  expect(taken).toMatchObject({ attention: [], received: { files: 2 } });
  expect(seen(store)).toEqual(book('200.00'));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'current' });
  const left = await central.withEngine((engine) => engine.queue());
  expect(left.filter(({ state }) => state !== 'answered' && state !== 'cancelled')).toEqual([]);
});

it('a store that joins later, and one that lost its disk, get the present edition', async () => {
  const { office, central, stores } = await officeWith('0001', '0002');
  central.withRecords((records) => publish(records, '100.00'));
  await central.transmit();
  for (const store of stores) await store.transmit();
  await central.transmit();
  const late = await office.addStore('LATE');
  await central.transmit();
  expect(setPackets(office).map((path) => path.split('/').slice(0, 2).join('/'))).toEqual(['stores/LATE']);
  await late.transmit();
  expect(seen(late)).toEqual(book('100.00'));
  await central.transmit();

  const [lost] = stores;
  if (lost === undefined) throw new Error('a store is needed');
  // Its packets are gone from the backup, too: nothing is left to be asked for again.
  for (const name of readdirSync(join(central.dataDir, 'backup')))
    rmSync(join(central.dataDir, 'backup', name));
  lost.loseDisk();
  await lost.transmit();
  expect(seen(lost)).toEqual([]);
  await central.transmit();
  expect(await editions(office)).toMatchObject({ '0001': 'none', '0002': 'current', LATE: 'current' });
  await central.transmit();
  await lost.transmit();
  expect(seen(lost)).toEqual(book('100.00'));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'current', '0002': 'current', LATE: 'current' });
});

it('a damaged set is refused and said, the old edition stays, and it is sent again at most twice', async () => {
  const { office, central, stores } = await officeWith('0001');
  const [store] = stores;
  if (store === undefined) throw new Error('a store is needed');
  central.withRecords((records) => publish(records, '100.00'));
  await central.transmit();
  await store.transmit();
  await central.transmit();
  central.withRecords((records) => publish(records, '200.00'));
  await central.transmit();
  // The store's disk spoils the file between its arrival and its taking.
  const incoming = join(store.dataDir, 'incoming/branchline-sets/central/rate-book/default');
  const { site, folders, ledger, factory } = plainStore(office, store);
  const result = await runTransmission(site, factory, 2, {}, { mode: 'full' });
  expect(result.error).toBeUndefined();
  ledger.close();
  const csv = readdirSync(incoming).find((name) => name.endsWith('.csv')) ?? '';
  writeFileSync(join(incoming, csv), readFileSync(join(incoming, csv), 'utf8').replace('200.00', '900.00'));
  const taken = await store.transmit();
  expect(taken.attention.map(({ text }) => text).join()).toContain('damaged');
  expect(seen(store)).toEqual(book('100.00'));
  expect(readdirSync(folders.rejected).some((name) => name.endsWith('.reason.txt'))).toBe(true);
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'older' });
  await central.transmit();
  await store.transmit();
  expect(seen(store)).toEqual(book('200.00'));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'current' });
});

it('a store with a program from before sets keeps the files, is not sent them again, and takes them once updated', async () => {
  const { office, central, stores } = await officeWith('0001');
  const [store] = stores;
  if (store === undefined) throw new Error('a store is needed');
  central.withRecords((records) => publish(records, '100.00'));
  await central.transmit();
  const { site, ledger, factory } = plainStore(office, store);
  await runTransmission(site, factory, 2, {}, { mode: 'full' });
  ledger.close();
  for (let run = 0; run < 3; run += 1) expect((await central.transmit()).packed.packets).toBe(0);
  expect(await editions(office)).toEqual({ '0001': 'not-told' });
  await store.transmit();
  expect(seen(store)).toEqual(book('100.00'));
  await central.transmit();
  expect(await editions(office)).toEqual({ '0001': 'current' });
});

it('a central site from before sets gets receipts that it can read', async () => {
  const office = await officeOfEngines();
  const store = await office.addStore('0001');
  await office.central.transmit();
  const before = receiptSchema.omit({ editions: true });
  const receipts = () =>
    readdirSync(join(office.homeDir, 'central'))
      .filter((name) => name.endsWith('.receipt.json'))
      .map(
        (name): unknown => JSON.parse(readFileSync(join(office.homeDir, 'central', name), 'utf8')).content,
      );
  await office.central.withEngine((engine) => engine.transmit({ mode: 'export-only' }));
  writeFileSync(join(office.central.dataDir, 'outgoing/daily-close/all/a.txt'), 'a');
  await office.central.transmit();
  store.loseDisk();
  await store.transmit();
  expect(receipts().length).toBeGreaterThan(0);
  for (const receipt of receipts()) expect(before.safeParse(receipt).error).toBeUndefined();
});

/** The store as a program without sets works on it. */
function plainStore(office: EngineOffice, store: EngineSite) {
  const folders = dataPaths(store.dataDir);
  const ledger = openLedger({ path: folders.ledger, clock: office.clock });
  const settings = JSON.parse(readFileSync(folders.settings, 'utf8'));
  const { outgoing, incoming, sent, backup, rejected, refused, inbox } = folders;
  const site = siteOf({
    settings,
    folders: { outgoing, incoming, sent, backup, rejected, refused, inbox },
    ledger,
    clock: office.clock,
    random: systemRandom,
  });
  const factory = createFolderTransportFactory({ root: office.homeDir, clock: office.clock });
  return { site, folders, ledger, factory };
}
