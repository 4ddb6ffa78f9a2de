import { expect, test } from 'vitest';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { createTransportPool } from '../../../electron/transport/pool/transportPool.ts';
import type { Transport, TransportFactory } from '../../../electron/transport/transport.ts';
import { connectionLost } from '../../../electron/transport/transportErrors.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

const clock = createFakeClock();
const refused = new ExchangeError({ code: 'login-refused', class: 'fix', message: 'Wrong password.' });

function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

/** Every opening waits until the test lets it succeed or fail. */
function manualFactory() {
  const inner = createMemoryServer({ clock }).factory('memory://test');
  const openings: { succeed(): void; fail(error: Error): void }[] = [];
  const factory: TransportFactory = {
    label: inner.label,
    open: () =>
      new Promise<Transport>((resolve, reject) => {
        openings.push({ succeed: () => resolve(inner.open()), fail: reject });
      }),
  };
  return { factory, openings };
}

async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

test('connections are opened as needed, kept for reuse, and all closed at the end', async () => {
  const server = createMemoryServer({ clock });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 3, clock });
  expect(server.openConnections).toBe(0);
  const seen = new Set<Transport>();
  for (let run = 0; run < 3; run += 1) await pool.use(async (transport) => void seen.add(transport));
  expect(seen.size).toBe(1);
  await Promise.all(
    Array.from({ length: 10 }, () =>
      pool.use(async (transport) => {
        seen.add(transport);
        await settled();
      }),
    ),
  );
  expect(seen.size).toBe(3);
  expect(server.openConnections).toBe(3);
  await pool.close();
  expect(server.openConnections).toBe(0);
});

test('no two pieces of work ever share a connection', async () => {
  const server = createMemoryServer({ clock });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 2, clock });
  const inUse = new Set<Transport>();
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      pool.use(async (transport) => {
        expect(inUse.has(transport)).toBe(false);
        inUse.add(transport);
        most = Math.max(most, inUse.size);
        await settled();
        inUse.delete(transport);
      }),
    ),
  );
  expect(most).toBe(2);
});

test('after the first connection succeeded, several open at the same time', async () => {
  const { factory, openings } = manualFactory();
  const pool = createTransportPool(factory, { limit: 3, clock });
  const block = gate();
  const work = Array.from({ length: 5 }, () => pool.use(() => block.passed));
  await settled();
  expect(openings).toHaveLength(1);
  openings[0]?.succeed();
  await settled();
  expect(openings).toHaveLength(3);
  openings[1]?.succeed();
  openings[2]?.succeed();
  block.open();
  await Promise.all(work);
});

test('a wrong password is tried once, however much work waits', async () => {
  const { factory, openings } = manualFactory();
  const pool = createTransportPool(factory, { limit: 4, clock });
  const results = Promise.allSettled(Array.from({ length: 6 }, () => pool.use(async () => 'done')));
  await settled();
  openings[0]?.fail(refused);
  const reasons = (await results).map((result) => result.status === 'rejected' && result.reason);
  expect(reasons).toEqual(Array(6).fill(refused));
  expect(openings).toHaveLength(1);
});

test('a server that refuses one more connection shrinks the limit, and all the work is done', async () => {
  const server = createMemoryServer({ clock, maxConnections: 2 });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 8, clock });
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      pool.use(async () => {
        await settled();
        return index;
      }),
    ),
  );
  expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(pool.limit).toBe(2);
});

test('a further connection that cannot be opened fails no work, and is tried again after a pause', async () => {
  const own = createFakeClock();
  const { factory, openings } = manualFactory();
  const pool = createTransportPool(factory, { limit: 2, clock: own });
  const block = gate();
  const work = [pool.use(() => block.passed), pool.use(async () => 'second')];
  await settled();
  openings[0]?.succeed();
  await settled();
  openings[1]?.fail(connectionLost());
  await settled();
  const third = pool.use(async () => 'third');
  await settled();
  expect(openings).toHaveLength(2);
  await own.advance(5_000);
  const fourth = pool.use(async () => 'fourth');
  await settled();
  openings[2]?.succeed();
  expect(await Promise.all([work[1], third, fourth])).toEqual(['second', 'third', 'fourth']);
  block.open();
  await work[0];
  expect(pool.limit).toBe(2);
});

test('waiting work is served in the order it came', async () => {
  const server = createMemoryServer({ clock });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 1, clock });
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4].map((n) => pool.use(async () => void order.push(n))));
  expect(order).toEqual([1, 2, 3, 4]);
});

test('waiting work that is cancelled leaves the queue at once and never runs', async () => {
  const server = createMemoryServer({ clock });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 1, clock });
  const block = gate();
  const first = pool.use(() => block.passed);
  const cancel = new AbortController();
  let ran = false;
  const second = pool.use(async () => {
    ran = true;
  }, cancel.signal);
  const third = pool.use(async () => 'third');
  cancel.abort();
  await expect(second).rejects.toMatchObject({ class: 'cancelled' });
  block.open();
  await first;
  expect(await third).toBe('third');
  expect(ran).toBe(false);
});

test('a connection that broke is replaced for the next work, and the failed work is not repeated', async () => {
  const server = createMemoryServer({ clock });
  const script = new FaultScript([
    {
      method: 'list',
      nth: 1,
      fault: { kind: 'fail', when: 'before', error: connectionLost(), closes: true },
    },
  ]);
  const pool = createTransportPool(withScriptedFaults(server.factory('memory://test'), script), {
    limit: 1,
    clock,
  });
  await expect(pool.use((transport) => transport.list(''))).rejects.toMatchObject({
    code: 'connection-lost',
  });
  expect(await pool.use((transport) => transport.list(''))).toEqual([]);
  expect(server.openConnections).toBe(1);
});

test('a connection whose work was cancelled is not used again', async () => {
  const server = createMemoryServer({ clock });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 1, clock });
  const cancel = new AbortController();
  cancel.abort();
  const seen: Transport[] = [];
  const work = pool.use(async (transport) => {
    seen.push(transport);
    await transport.list('', { signal: cancel.signal });
  });
  await expect(work).rejects.toMatchObject({ class: 'cancelled' });
  await pool.use(async (transport) => void seen.push(transport));
  expect(seen[0]?.closed).toBe(true);
  expect(seen[1]?.closed).toBe(false);
});

test('closing rejects what waits, lets running work end, and opens nothing more', async () => {
  const server = createMemoryServer({ clock });
  const pool = createTransportPool(server.factory('memory://test'), { limit: 1, clock });
  const block = gate();
  const running = pool.use(() => block.passed.then(() => 'ended'));
  await settled();
  const waiting = pool.use(async () => 'never');
  const closing = pool.close();
  await expect(waiting).rejects.toMatchObject({ class: 'cancelled' });
  expect(server.openConnections).toBe(1);
  block.open();
  expect(await running).toBe('ended');
  await closing;
  expect(server.openConnections).toBe(0);
  await expect(pool.use(async () => 'late')).rejects.toMatchObject({ class: 'cancelled' });
});

test("the pool's own signal ends an opening that hangs, and the work that waits for it", async () => {
  const cancel = new AbortController();
  const server = createMemoryServer({ clock });
  const inner = server.factory('memory://test');
  const factory: TransportFactory = {
    label: inner.label,
    open: (options) =>
      new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => reject(refused));
      }),
  };
  const pool = createTransportPool(factory, { limit: 2, clock, signal: cancel.signal });
  const work = pool.use(async () => 'never');
  cancel.abort();
  await expect(work).rejects.toMatchObject({ class: 'cancelled' });
  await pool.close();
});
