import { createCipheriv } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fault, FaultCall } from '../../electron/transport/decorators/fault.ts';
import { createFakeOffice, type FakeOffice, joinAll } from '../office/fakeOffice.ts';
import { SimulatedCrash } from '../office/fakeSite.ts';
import { lost } from '../office/troubles.ts';

/** Large enough to be unpacked while it is downloaded; no compression makes it smaller. */
const content = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(
  Buffer.alloc(20_000_000),
);
const arrivedAs = 'daily-close/0001/scan.bin';

let office: FakeOffice | undefined;
afterEach(() => {
  office?.dispose();
  office = undefined;
});

/** An office in which a store has sent the large file, and the central site has not come yet. */
async function sent() {
  const made = createFakeOffice({ stores: 1 });
  office = made;
  await joinAll(made);
  const [store] = made.stores;
  if (store === undefined) throw new Error('a store is needed');
  store.drop('daily-close/scan.bin', content);
  await store.transmit();
  return { central: made.central, store };
}

/** Strikes the first download of the packet. */
function onFirstDownload(fault: Fault): (call: FaultCall) => Fault | undefined {
  return (call) =>
    call.method === 'download' && call.path.endsWith('.tar.zst') && call.nth === 1 ? fault : undefined;
}

function expectArrivedOnce(central: FakeOffice['central']): void {
  const arrived = central.arrived();
  expect([...arrived.keys()]).toEqual([arrivedAs]);
  expect(arrived.get(arrivedAs)?.equals(content)).toBe(true);
  const staging = join(central.folders.incoming, '.staging');
  expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
  expect(readdirSync(central.folders.inbox)).toEqual([]);
}

test('a large packet arrives whole, and nothing is left of its download', async () => {
  const { central } = await sent();
  expect(await central.transmit()).toMatchObject({ outcome: 'done', received: { packets: 1, files: 1 } });
  expectArrivedOnce(central);
});

test('a large packet whose download breaks off is continued in the same run', async () => {
  const { central } = await sent();
  const fault: Fault = { kind: 'fail', when: { afterBytes: 9_000_000 }, error: lost(), closes: true };
  expect(await central.transmit('full', { decide: onFirstDownload(fault) })).toMatchObject({
    outcome: 'done',
    received: { packets: 1 },
  });
  expectArrivedOnce(central);
});

test('a large packet that is damaged on its way is fetched again', async () => {
  const { central } = await sent();
  const fault: Fault = { kind: 'corrupt', atByte: 7_000_000 };
  expect(await central.transmit('full', { decide: onFirstDownload(fault) })).toMatchObject({
    outcome: 'done',
    received: { packets: 1, rejected: 0 },
  });
  expectArrivedOnce(central);
});

test('a kill during the download of a large packet leaves nothing that the next run does not finish', async () => {
  const { central } = await sent();
  const error = new SimulatedCrash('killed');
  const fault: Fault = { kind: 'crash', when: { afterBytes: 12_000_000 }, error };
  expect(await central.transmit('full', { decide: onFirstDownload(fault) })).toBe('crashed');
  expect([...central.arrived().keys()]).not.toContain(arrivedAs);
  expect(await central.transmit()).toMatchObject({ outcome: 'done', received: { packets: 1 } });
  expectArrivedOnce(central);
});

test('a large packet that comes before its turn waits for the one before it', async () => {
  const { central, store } = await sent();
  store.drop('daily-close/second.bin', content.subarray(1));
  await store.transmit();
  const hideFirst = (call: FaultCall): Fault | undefined =>
    call.method === 'list' && call.path === 'central'
      ? { kind: 'listing', change: (entries) => entries.filter(({ name }) => !name.includes('-00000001-')) }
      : undefined;
  expect(await central.transmit('full', { decide: hideFirst })).toMatchObject({ received: { waiting: 1 } });
  expect([...central.arrived().keys()]).toEqual([]);
  await central.transmit();
  expect([...central.arrived().keys()].sort()).toEqual([arrivedAs, 'daily-close/0001/second.bin']);
});
