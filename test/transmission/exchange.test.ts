import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  cancelDeliveries,
  retryDeliveries,
  skipDeliveries,
} from '../../electron/transmission/publish/queueActions.ts';
import { resendPackets } from '../../electron/transmission/publish/resendPackets.ts';
import { ExchangeError } from '../../shared/errors.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { createFakeOffice, type FakeOffice, type FakeOfficeOptions, joinAll } from '../office/fakeOffice.ts';
import type { FakeSite } from '../office/fakeSite.ts';
import { full, lost } from '../office/troubles.ts';

const offices: FakeOffice[] = [];
function office(options: FakeOfficeOptions = {}): FakeOffice {
  const made = createFakeOffice(options);
  offices.push(made);
  return made;
}
afterEach(() => {
  for (const made of offices.splice(0)) made.dispose();
});

async function joined(options: FakeOfficeOptions = {}) {
  const made = office(options);
  await joinAll(made);
  const [one, two] = made.stores;
  if (one === undefined || two === undefined) throw new Error('two stores are needed');
  return { office: made, central: made.central, one, two };
}

function result(run: TransmissionResult | 'crashed'): TransmissionResult {
  if (run === 'crashed') throw new Error('the run was killed');
  return run;
}

function arrivals(site: FakeSite): Record<string, string> {
  return Object.fromEntries([...site.arrived()].map(([path, content]) => [path, content.toString()]));
}

function packetsOnServer(made: FakeOffice): string[] {
  return [...made.server.snapshot().keys()].filter((path) => /\.tar\.zst|receipt/.test(path));
}

test('a store file arrives at the central site, and the server is clean after the receipt', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/2026/closing „Süd“.csv', 'total;12,50\n');
  one.drop('daily-close/empty.txt', '');
  expect(result(await one.transmit())).toMatchObject({
    outcome: 'done',
    packed: { packets: 1, files: 2 },
    sent: { packets: 1 },
  });
  expect(readdirSync(join(one.folders.outgoing, 'daily-close'), { recursive: true })).toEqual(['2026']);
  expect(result(await central.transmit())).toMatchObject({
    outcome: 'done',
    received: { packets: 1, files: 2 },
  });
  expect(arrivals(central)).toEqual({
    'daily-close/0001/2026/closing „Süd“.csv': 'total;12,50\n',
    'daily-close/0001/empty.txt': '',
  });
  await one.transmit();
  expect(packetsOnServer(office)).toEqual([]);
  expect(
    one.withLedger((ledger) => ledger.read((tables) => tables.deliveries.inState('answered').length)),
  ).toBe(1);
  const day = readdirSync(one.folders.sent).find((name) => name.startsWith('2'));
  expect(existsSync(join(one.folders.sent, day ?? '', 'daily-close/empty.txt'))).toBe(true);
});

test('a broadcast is uploaded once and removed when every store has answered', async () => {
  const { office, central, one, two } = await joined();
  central.drop('price-book/all/prices.csv', 'a;1\n');
  central.drop('price-book/0002/special.csv', 'b;2\n');
  await central.transmit();
  expect(packetsOnServer(office).map((path) => path.split('/')[0])).toEqual(['all', 'stores']);
  await one.transmit();
  await central.transmit();
  expect(packetsOnServer(office).filter((path) => path.startsWith('all/'))).toHaveLength(1);
  await two.transmit();
  await central.transmit();
  expect(packetsOnServer(office)).toEqual([]);
  expect(arrivals(one)).toEqual({ 'price-book/central/prices.csv': 'a;1\n' });
  expect(arrivals(two)).toEqual({
    'price-book/central/prices.csv': 'a;1\n',
    'price-book/central/special.csv': 'b;2\n',
  });
});

test('a store that joins later gets the broadcasts made after it joined, from the first one', async () => {
  const { office, central, one, two } = await joined();
  central.drop('price-book/all/first.csv', '1');
  await central.transmit();
  await one.transmit();
  const late = office.addStore('LATE');
  await late.transmit();
  await two.transmit();
  central.drop('price-book/all/second.csv', '2');
  await central.transmit();
  central.drop('price-book/all/third.csv', '3');
  await central.transmit();
  for (const site of [late, one, two, central]) await site.transmit();
  expect(arrivals(late)).toEqual({
    'price-book/central/second.csv': '2',
    'price-book/central/third.csv': '3',
  });
  expect(Object.keys(arrivals(one))).toHaveLength(3);
  expect(packetsOnServer(office)).toEqual([]);
});

test('a backlog travels as several packets that arrive in order', async () => {
  const { central, one } = await joined({ delivery: { packetSizeMegabytes: 0.001 } });
  for (let index = 0; index < 10; index += 1) one.drop(`daily-close/f${index}.bin`, Buffer.alloc(400, index));
  expect(result(await one.transmit()).packed).toMatchObject({ packets: 5, files: 10 });
  expect(result(await central.transmit()).received).toMatchObject({ packets: 5, files: 10 });
  const streams = central.withLedger((ledger) => ledger.read((tables) => tables.inStreams.all()));
  expect(streams.map((stream) => stream.appliedThrough)).toEqual([5]);
});

test('a packet deleted by a stranger is asked for and sent again, and what follows waits for it', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/1.csv', '1');
  await one.transmit('export-only');
  const lost = packetsOnServer(office).find((path) => path.startsWith('central/'));
  one.drop('daily-close/2.csv', '2');
  await one.transmit('export-only');
  await (await office.server.factory('stranger').open()).remove(lost ?? '');
  expect(result(await central.transmit())).toMatchObject({
    outcome: 'partial',
    received: { packets: 0, waiting: 1 },
  });
  expect(arrivals(central)).toEqual({});
  await one.transmit();
  await central.transmit();
  expect(Object.keys(arrivals(central)).sort()).toEqual(['daily-close/0001/1.csv', 'daily-close/0001/2.csv']);
  await one.transmit();
  expect(packetsOnServer(office)).toEqual([]);
});

test('a packet that comes again is answered "duplicate" and not applied again', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/1.csv', '1');
  await one.transmit();
  await central.transmit();
  await one.transmit();
  const again = one.withLedger((ledger) => resendPackets(ledger, (tables) => tables.packets.createdSince(0)));
  expect(again).toEqual({ queued: 1, unavailable: [] });
  await one.transmit();
  expect(result(await central.transmit()).received).toMatchObject({ packets: 0, duplicates: 1 });
  expect(Object.keys(arrivals(central))).toEqual(['daily-close/0001/1.csv']);
  await one.transmit();
  expect(packetsOnServer(office)).toEqual([]);
});

test('a site that lost its disk gets everything again from the backup of its partner', async () => {
  const { office, central, one, two } = await joined();
  for (const name of ['a', 'b']) {
    central.drop(`price-book/0001/${name}.csv`, name);
    await central.transmit();
    await one.transmit();
  }
  await central.transmit();
  await office.clock.advance(60_000);
  rmSync(join(one.folders.incoming, '..', 'ledger.db'));
  rmSync(one.folders.incoming, { recursive: true });
  mkdirSync(one.folders.incoming);
  central.drop('price-book/0001/c.csv', 'c');
  await central.transmit();
  await one.transmit();
  await central.transmit();
  await one.transmit();
  expect(Object.values(arrivals(one)).sort()).toEqual(['a', 'b', 'c']);
  one.drop('daily-close/new.csv', 'new');
  await one.transmit();
  await central.transmit();
  expect(arrivals(central)).toEqual({ 'daily-close/0001/new.csv': 'new' });
  expect(arrivals(two)).toEqual({});
});

test('a damaged packet is kept aside, asked for again, and applied once', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/1.csv', 'one');
  await one.transmit('full', {
    decide: (call) =>
      call.method === 'upload' && call.path.includes('.tar.zst')
        ? { kind: 'corrupt', atByte: 300 }
        : undefined,
  });
  expect(result(await central.transmit())).toMatchObject({ outcome: 'partial', received: { rejected: 1 } });
  expect(readdirSync(central.folders.rejected)).toHaveLength(2);
  await one.transmit();
  expect(result(await central.transmit()).received).toMatchObject({ packets: 1 });
  expect(arrivals(central)).toEqual({ 'daily-close/0001/1.csv': 'one' });
  await one.transmit();
  expect(packetsOnServer(office)).toEqual([]);
});

test('a cancelled packet is replaced by a void one, and the stream goes on', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/wrong.csv', 'wrong');
  await one
    .transmit('full', {
      decide: (call) =>
        call.method === 'rename' ? { kind: 'crash', when: 'before', error: new Error('killed') } : undefined,
    })
    .catch(() => undefined);
  const ids = one
    .withLedger((ledger) => ledger.read((tables) => tables.deliveries.inState('queued')))
    .map((row) => row.id);
  expect(one.withLedger((ledger) => cancelDeliveries(ledger, ids))).toBe(1);
  one.drop('daily-close/right.csv', 'right');
  await one.transmit();
  expect(result(await central.transmit())).toMatchObject({ outcome: 'done' });
  expect(arrivals(central)).toEqual({ 'daily-close/0001/right.csv': 'right' });
  await one.transmit();
  expect([...office.server.snapshot().keys()].filter((path) => path.startsWith('tmp/'))).toEqual([]);
});

test('after the last retry a packet is skipped, the others go on, and a person can retry it', async () => {
  const { central, one } = await joined({ delivery: { packetSizeMegabytes: 0.001, retries: 2 } });
  for (const name of ['a', 'b', 'c']) one.drop(`daily-close/${name}.bin`, Buffer.alloc(900, name));
  const run = await one.transmit('full', {
    decide: (call) =>
      call.method === 'rename' && call.to?.includes('-00000002-')
        ? { kind: 'fail', when: 'before', error: lost(), closes: true }
        : undefined,
  });
  expect(result(run)).toMatchObject({
    outcome: 'partial',
    sent: { packets: 2 },
    queue: { queued: 0, skipped: 1 },
  });
  const attempts = one.withLedger((ledger) =>
    ledger.read((tables) => tables.deliveries.inState('skipped').map((row) => row.attempts)),
  );
  expect(attempts).toEqual([3]);
  expect(result(await central.transmit()).received).toMatchObject({ packets: 1, waiting: 1 });
  expect(one.withLedger((ledger) => retryDeliveries(ledger))).toBe(1);
  await one.transmit();
  await central.transmit();
  expect(Object.keys(arrivals(central))).toHaveLength(3);
});

test('a packet set aside by a person is not sent until it is retried', async () => {
  const { central, one } = await joined();
  one.drop('daily-close/a.csv', 'a');
  await one.transmit('export-only', { decide: (call) => (call.method === 'upload' ? full() : undefined) });
  one.withLedger((ledger) =>
    skipDeliveries(
      ledger,
      ledger.read((tables) => tables.deliveries.inState('queued')).map((row) => row.id),
    ),
  );
  expect(result(await one.transmit())).toMatchObject({
    outcome: 'partial',
    queue: { skipped: 1 },
    sent: { packets: 0 },
  });
  one.withLedger((ledger) => retryDeliveries(ledger));
  expect(result(await one.transmit()).sent.packets).toBe(1);
  await central.transmit();
  expect(Object.keys(arrivals(central))).toEqual(['daily-close/0001/a.csv']);
});

test('a full server stops the sending without using up retries, and the queue survives', async () => {
  const { office, central, one } = await joined();
  office.server.setCapacity(0);
  one.drop('daily-close/a.csv', 'a'.repeat(5000));
  const run = result(await one.transmit());
  expect(run).toMatchObject({
    outcome: 'failed',
    error: { class: 'full' },
    queue: { queued: 1, skipped: 0 },
  });
  office.server.setCapacity(Number.POSITIVE_INFINITY);
  expect(result(await one.transmit())).toMatchObject({ outcome: 'done' });
  await central.transmit();
  expect(Object.keys(arrivals(central))).toHaveLength(1);
});

test('an interrupted upload is continued, and a lost rename reply does not publish twice', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/big.bin', randomLike(200_000));
  const first = result(
    await one.transmit('full', {
      decide: (call) =>
        call.method === 'upload' && call.nth === 1 && call.path.includes('.tar.zst')
          ? { kind: 'fail', when: { afterBytes: 150_000 }, error: lost(), closes: true }
          : call.method === 'rename' && call.nth === 1 && call.path.includes('.tar.zst')
            ? { kind: 'fail', when: 'after', error: lost(), closes: true }
            : undefined,
    }),
  );
  expect(first).toMatchObject({ outcome: 'done', sent: { packets: 1 } });
  expect(first.sent.bytes).toBeLessThan(100_000);
  expect(packetsOnServer(office)).toHaveLength(1);
  expect(result(await central.transmit()).received).toMatchObject({ packets: 1, duplicates: 0 });
});

test('an upload whose half-written file stays locked on the server goes under another name, and leaves nothing', async () => {
  const { office, central, one } = await joined();
  one.drop('daily-close/big.bin', randomLike(50_000));
  const locked = new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: 'The server did not answer.',
  });
  const lockedName = /^tmp\/.*\.tar\.zst\.\d+$/;
  const run = await one.transmit('full', {
    decide: (call) =>
      call.method === 'upload' && lockedName.test(call.path)
        ? {
            kind: 'fail',
            when: call.nth === 1 ? { afterBytes: 20_000 } : 'before',
            error: locked,
            closes: true,
          }
        : undefined,
  });
  expect(result(run)).toMatchObject({ outcome: 'done', sent: { packets: 1 } });
  expect([...office.server.snapshot().keys()].filter((path) => path.startsWith('tmp/'))).toEqual([]);
  await central.transmit();
  expect([...central.arrived().values()]).toEqual([randomLike(50_000)]);
});

test('a second installation with the same store number is refused and told how to go on', async () => {
  const { office } = await joined();
  const copy = office.addStore('0001', { folder: 'copy' });
  const run = result(await copy.transmit());
  expect(run).toMatchObject({ outcome: 'failed', error: { code: 'store-number-taken', class: 'fix' } });
  expect(run.error?.advice).toContain('--guid');
});

test('a store does not use a home directory that no central site, or another office, has set up', async () => {
  const { one } = await joined();
  const fresh = office();
  const [stray] = fresh.stores;
  expect(result((await stray?.transmit()) ?? 'crashed')).toMatchObject({
    error: { code: 'office-missing', class: 'fix' },
  });
  const other = office({ seed: 99 });
  await other.central.transmit();
  const snapshot = other.server.snapshot().get('office.json');
  const home = offices[0]?.server;
  home?.put('office.json', snapshot ?? Buffer.alloc(0));
  expect(result(await one.transmit())).toMatchObject({
    outcome: 'failed',
    error: { code: 'foreign-office' },
  });
});

test('an incoming name that exists is kept, replaced or refused, as the setting says', async () => {
  const outcomes: Record<string, Record<string, string>> = {};
  for (const existingFile of ['keep-both', 'replace', 'refuse']) {
    const { central, one } = await joined({ delivery: { existingFile } });
    mkdirSync(join(central.folders.incoming, 'daily-close/0001'), { recursive: true });
    writeFileSync(join(central.folders.incoming, 'daily-close/0001/a.csv'), 'old');
    one.drop('daily-close/a.csv', 'new');
    await one.transmit();
    const run = result(await central.transmit());
    outcomes[existingFile] = arrivals(central);
    expect(run.received.packets).toBe(1);
    if (existingFile === 'refuse') {
      expect(readFileSync(join(central.folders.refused, 'daily-close/0001/a.csv'), 'utf8')).toBe('new');
    }
  }
  expect(outcomes).toEqual({
    'keep-both': { 'daily-close/0001/a.csv': 'old', 'daily-close/0001/a (2).csv': 'new' },
    replace: { 'daily-close/0001/a.csv': 'new' },
    refuse: { 'daily-close/0001/a.csv': 'old' },
  });
});

test('picked-up files are moved, kept without being sent twice, or deleted, as the setting says', async () => {
  for (const afterPickup of ['move', 'keep', 'delete']) {
    const { central, one } = await joined({ delivery: { afterPickup } });
    one.drop('daily-close/a.csv', 'a');
    await one.transmit();
    await one.transmit();
    await central.transmit();
    expect(Object.keys(arrivals(central))).toEqual(['daily-close/0001/a.csv']);
    expect(existsSync(join(one.folders.outgoing, 'daily-close/a.csv'))).toBe(afterPickup === 'keep');
    expect(readdirSync(one.folders.sent).some((name) => /^\d/.test(name))).toBe(afterPickup === 'move');
    if (afterPickup !== 'keep') continue;
    one.drop('daily-close/a.csv', 'a changed');
    await one.transmit();
    await central.transmit();
    expect(Object.values(arrivals(central)).sort()).toEqual(['a', 'a changed']);
  }
});

test('a file that is still being written is left for the next run', async () => {
  const { central, one } = await joined({ delivery: { settleSeconds: 60 } });
  one.drop('daily-close/growing.csv', 'line 1\n');
  expect(result(await one.transmit()).packed).toMatchObject({ packets: 0, leftForNextTime: 1 });
  one.drop('daily-close/growing.csv', 'line 1\nline 2\n');
  expect(result(await one.transmit()).packed).toMatchObject({ packets: 0, leftForNextTime: 1 });
  await offices[0]?.clock.advance(61_000);
  expect(result(await one.transmit()).packed).toMatchObject({ packets: 1, leftForNextTime: 0 });
  await central.transmit();
  expect(Object.values(arrivals(central))).toEqual(['line 1\nline 2\n']);
});

test('a cancelled run says so, and the next one finishes the work', async () => {
  const { central, one } = await joined();
  one.drop('daily-close/a.csv', 'a');
  for (let call = 1; call <= 8; call += 1) {
    const run = result(await one.transmit('full', { cancelAtCall: call }));
    expect(['cancelled', 'done']).toContain(run.outcome);
  }
  await one.transmit();
  await central.transmit();
  expect(Object.keys(arrivals(central))).toEqual(['daily-close/0001/a.csv']);
});

function randomLike(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 12345;
  for (let index = 0; index < size; index += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}
