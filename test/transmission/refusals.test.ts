import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { sealPacket } from '../../electron/packet/sealPacket.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom, uuidV4, uuidV7 } from '../../electron/platform/random.ts';
import { resendPackets } from '../../electron/transmission/publish/resendPackets.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { formatRemoteName } from '../../shared/remoteNames.ts';
import { siteNameSchema, storeNumberSchema } from '../../shared/sites.ts';
import { createFakeOffice, type FakeOffice, joinAll } from '../office/fakeOffice.ts';
import type { FakeSite } from '../office/fakeSite.ts';

let office: FakeOffice;
afterEach(() => office.dispose());

function result(run: TransmissionResult | 'crashed'): TransmissionResult {
  if (run === 'crashed') throw new Error('the run was killed');
  return run;
}

async function joinedOffice() {
  office = createFakeOffice();
  await joinAll(office);
  const [store] = office.stores;
  if (store === undefined) throw new Error('a store is needed');
  return { central: office.central, store };
}

const storeNumber = storeNumberSchema.parse('0001');

interface Forged {
  readonly shortId?: string;
  readonly officeId?: string;
  readonly guid?: string;
  readonly to?: string;
  readonly sequence?: number;
  readonly createdMs?: number;
  readonly change?: (bytes: Buffer) => Buffer;
}

/** Puts a packet into the central site's folder that claims to come from store 0001. */
async function forge(central: FakeSite, store: FakeSite, forged: Forged): Promise<string> {
  const sequence = forged.sequence ?? 1;
  const fileName = formatRemoteName({
    kind: 'packet',
    from: storeNumber,
    to: 'central',
    sequence,
    shortId: 'forged00',
  });
  const source = join(store.folders.inbox, 'forged.csv');
  writeFileSync(source, 'forged');
  const destination = join(store.folders.inbox, fileName);
  const { site } = central.settings;
  if (site.role !== 'central') throw new Error('not the central site');
  const sealed = await sealPacket({
    header: {
      formatVersion: 1,
      kind: 'void',
      packetId: uuidV7(systemRandom, systemClock),
      officeId: forged.officeId ?? site.officeId,
      from: storeNumber,
      fromGuid: forged.guid ?? store.settings.site.guid,
      to: siteNameSchema.parse(forged.to ?? 'central'),
      streamId: uuidV7(systemRandom, systemClock),
      sequence,
      through: sequence,
      usage: 'production',
      createdMs: forged.createdMs ?? 0,
    },
    sources: [],
    destination,
    compressionLevel: 1,
  });
  expect(sealed.sealed).toBeDefined();
  const bytes = readFileSync(destination);
  office.server.put(`central/${fileName}`, forged.change?.(bytes) ?? bytes);
  return fileName;
}

test.each([
  { name: 'of another office', forged: { officeId: uuidV4(systemRandom) }, code: 'wrong-office' },
  {
    name: 'of another installation with this store number',
    forged: { guid: uuidV4(systemRandom) },
    code: 'wrong-sender',
  },
  { name: 'for another site', forged: { to: '0002' }, code: 'wrong-site' },
  {
    name: 'that is no packet at all',
    forged: { change: () => Buffer.from('<html>504</html>') },
    code: 'damaged',
  },
])(
  'a packet $name is refused, kept aside with the reason, and reported to its sender',
  async ({ forged, code }) => {
    const { central, store } = await joinedOffice();
    const fileName = await forge(central, store, forged);
    expect(result(await central.transmit())).toMatchObject({
      outcome: 'partial',
      received: { packets: 0, rejected: 1 },
    });
    const kept = readdirSync(central.folders.rejected);
    expect(kept).toHaveLength(2);
    const reason = kept.find((name) => name.endsWith('.reason.txt'));
    expect(readFileSync(join(central.folders.rejected, reason ?? ''), 'utf8')).toContain(code);
    const receipts = [...office.server.snapshot()].filter(
      ([path]) => path.startsWith('stores/0001/') && path.includes('receipt'),
    );
    expect(receipts).toHaveLength(1);
    expect(receipts[0]?.[1].toString()).toContain(code);
    expect(receipts[0]?.[1].toString()).toContain(fileName);
    expect([...office.server.snapshot().keys()].filter((path) => path.startsWith('central/'))).toEqual([]);
  },
);

test.each(['00000000', 'zzzzzzzz'])(
  'a forged packet under a true number neither shadows the true one nor holds up those after it (%s)',
  async (shortId) => {
    const { central, store } = await joinedOffice();
    store.drop('daily-close/1.csv', 'one');
    await store.transmit();
    await central.transmit();
    await forge(central, store, { sequence: 2, guid: uuidV4(systemRandom), shortId });
    store.drop('daily-close/2.csv', 'two');
    await store.transmit();
    store.drop('daily-close/3.csv', 'three');
    await store.transmit();
    expect(result(await central.transmit()).received).toMatchObject({
      packets: 2,
      rejected: 1,
      duplicates: 0,
    });
    expect([...central.arrived().values()].map(String).sort()).toEqual(['one', 'three', 'two']);
  },
);

test('a true packet that is refused for good is replaced by a void one, and those after it arrive', async () => {
  const { central, store } = await joinedOffice();
  store.drop('daily-close/1.csv', 'one');
  await store.transmit('export-only');
  const [path, bytes] =
    [...office.server.snapshot()].find(([name]) => name.startsWith('central/0001-')) ?? [];
  if (path === undefined || bytes === undefined) throw new Error('nothing was sent');
  // The bytes are whole, but speak of another number than the name does.
  office.server.put(path.replace('-00000001-', '-00000002-'), bytes);
  store.drop('daily-close/2.csv', 'two');
  await store.transmit('export-only');
  store.drop('daily-close/3.csv', 'three');
  await store.transmit('export-only');
  await (await office.server.factory('stranger').open()).remove(path);
  for (let round = 0; round < 3; round += 1) {
    await central.transmit();
    await store.transmit();
  }
  expect([...central.arrived().values()].map(String).sort()).toEqual(['one', 'three', 'two']);
  expect([...office.server.snapshot().keys()].filter((name) => name.includes('.tar.zst'))).toEqual([]);
});

test('a site whose ledger came from an old backup loses no file: its reused numbers are refused and said', async () => {
  const { central, store } = await joinedOffice();
  store.drop('daily-close/0.csv', 'zero');
  await store.transmit();
  const ledger = join(store.folders.incoming, '..', 'ledger.db');
  const old = readFileSync(ledger);
  store.drop('daily-close/1.csv', 'one');
  await store.transmit();
  await central.transmit();
  writeFileSync(ledger, old);
  store.drop('daily-close/2.csv', 'two');
  await store.transmit();
  const refused = result(await central.transmit());
  expect(refused.received).toMatchObject({ rejected: 1, duplicates: 0 });
  expect(readdirSync(central.folders.rejected)).toHaveLength(2);
  store.drop('daily-close/3.csv', 'three');
  const told = result(await store.transmit());
  expect(told.attention.map((item) => item.text).join(' ')).toContain('number-reused');
  await central.transmit();
  await store.transmit();
  store.drop('daily-close/2 again.csv', 'two');
  await store.transmit();
  await central.transmit();
  expect([...central.arrived().values()].map(String).sort()).toEqual(['one', 'three', 'two', 'zero']);
});

test('a packet that was refused and is sent again by a person is looked at again', async () => {
  const { central, store } = await joinedOffice();
  store.drop('daily-close/1.csv', 'one');
  await store.transmit();
  // The central site took this store for another installation; then that was put right.
  central.withLedger((ledger) =>
    ledger.commit('test', (tables) => {
      const site = tables.sites.get(storeNumber);
      if (site) tables.sites.put({ ...site, guid: uuidV4(systemRandom) });
    }),
  );
  expect(result(await central.transmit()).received).toMatchObject({ rejected: 1 });
  central.withLedger((ledger) =>
    ledger.commit('test', (tables) => {
      const site = tables.sites.get(storeNumber);
      if (site) tables.sites.put({ ...site, guid: store.settings.site.guid });
    }),
  );
  expect(result(await store.transmit()).attention[0]?.text).toContain('wrong-sender');
  store.withLedger((ledger) => resendPackets(ledger, (tables) => tables.packets.createdSince(0)));
  await store.transmit();
  expect(result(await central.transmit()).received).toMatchObject({ packets: 1, rejected: 0 });
  expect([...central.arrived().values()].map(String)).toEqual(['one']);
});

test('packets of a store that never joined wait and are said', async () => {
  office = createFakeOffice();
  await office.central.transmit();
  const [store] = office.stores;
  if (store === undefined) throw new Error('a store is needed');
  await forge(office.central, store, {});
  const run = result(await office.central.transmit());
  expect(run).toMatchObject({ outcome: 'partial', received: { waiting: 1, packets: 0 } });
  expect(run.attention[0]?.text).toContain('no such store has joined');
});

test('a clock that is hours off is said, and the packet is taken all the same', async () => {
  const { central, store } = await joinedOffice();
  await forge(central, store, { createdMs: office.clock.now() + 5 * 3_600_000 });
  const run = result(await central.transmit());
  expect(run.received.packets).toBe(1);
  expect(run.attention[0]?.text).toContain('5.0 hours in the future');
});

test('a damaged receipt is asked for again, and its answers arrive', async () => {
  const { central, store } = await joinedOffice();
  store.drop('daily-close/1.csv', 'one');
  await store.transmit();
  await central.transmit('full', {
    decide: (call) =>
      call.method === 'upload' && call.path.includes('receipt')
        ? { kind: 'corrupt', atByte: 200 }
        : undefined,
  });
  await store.transmit();
  const answered = () =>
    store.withLedger((ledger) => ledger.read((tables) => tables.deliveries.inState('answered').length));
  expect(answered()).toBe(0);
  await central.transmit();
  await store.transmit();
  expect(answered()).toBe(1);
});
