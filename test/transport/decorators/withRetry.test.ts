import { expect, test } from 'vitest';
import type { FaultRule } from '../../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withRetry } from '../../../electron/transport/decorators/withRetry.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import type { Transport } from '../../../electron/transport/transport.ts';
import { connectionLost, noRoom } from '../../../electron/transport/transportErrors.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, sourceOf } from '../../support/transportBytes.ts';

const clock = createFakeClock();
const lost = connectionLost();
type Script = readonly FaultRule[];

async function retrying(script: Script) {
  const server = createMemoryServer({ clock });
  server.put('a', Buffer.from('0123456789'));
  const faults = new FaultScript(script);
  const factory = withRetry(withScriptedFaults(server.factory('memory://test'), faults));
  return { server, faults, transport: await factory.open() };
}

function cut(
  method: FaultRule['method'] & string,
  nth: number,
  when: 'before' | 'after' = 'before',
): FaultRule {
  return { method, nth, fault: { kind: 'fail', when, error: lost, closes: true } };
}

const idempotent: [FaultRule['method'] & string, (transport: Transport) => Promise<unknown>, unknown][] = [
  ['list', async (transport) => (await transport.list('')).length, 1],
  ['fileSize', (transport) => transport.fileSize('a'), 10],
  ['modifiedTime', (transport) => transport.modifiedTime('a'), clock.now()],
  ['makeFolder', (transport) => transport.makeFolder('b'), undefined],
  ['remove', (transport) => transport.remove('a'), true],
];

test.each(idempotent)(
  '%s goes on over a fresh connection after the connection was lost',
  async (method, call, answer) => {
    const { server, transport } = await retrying([cut(method, 1)]);
    expect(await call(transport)).toEqual(answer);
    expect(transport.closed).toBe(false);
    expect(server.openConnections).toBe(1);
  },
);

test.each(idempotent)('%s is repeated once, not twice', async (method, call) => {
  const { faults, transport } = await retrying([cut(method, 1), cut(method, 2)]);
  await expect(call(transport)).rejects.toBe(lost);
  expect(transport.closed).toBe(true);
  expect(faults.calls).toBe(4);
});

test('a removal whose reply was lost is answered "already gone"', async () => {
  const { server, transport } = await retrying([cut('remove', 1, 'after')]);
  expect(await transport.remove('a')).toBe(false);
  expect(server.snapshot().size).toBe(0);
});

test('a rename and an upload are never repeated', async () => {
  const { server, faults, transport } = await retrying([
    { method: 'rename', fault: { kind: 'fail', when: 'after', error: lost } },
    { method: 'upload', fault: { kind: 'fail', when: { afterBytes: 2 }, error: lost } },
  ]);
  await expect(transport.rename('a', 'b')).rejects.toBe(lost);
  await expect(transport.upload('c', sourceOf('xyz'))).rejects.toBe(lost);
  expect(faults.calls).toBe(3);
  expect(Object.fromEntries(server.snapshot())).toEqual({
    b: Buffer.from('0123456789'),
    c: Buffer.from('xy'),
  });
});

test('a download goes on at the byte it had reached, and no byte comes twice', async () => {
  const { transport } = await retrying([
    {
      method: 'download',
      nth: 1,
      fault: { kind: 'fail', when: { afterBytes: 4 }, error: lost, closes: true },
    },
  ]);
  const sink = collectingSink();
  const moved: number[] = [];
  const options = { offset: 1, expectedBytes: 10, onBytes: (count: number) => moved.push(count) };
  expect(await transport.download('a', sink, options)).toBe(9);
  expect(sink.bytes().toString()).toBe('123456789');
  expect(transport.closed).toBe(false);
});

test('what the sink throws is not taken for a lost connection', async () => {
  const { faults, transport } = await retrying([]);
  const sink = { write: () => Promise.reject(lost) };
  await expect(transport.download('a', sink)).rejects.toBe(lost);
  expect(faults.calls).toBe(2);
});

test('any other failure is passed on without another attempt', async () => {
  const full = noRoom('Full.');
  const { faults, transport } = await retrying([
    { method: 'makeFolder', fault: { kind: 'fail', when: 'before', error: full } },
  ]);
  await expect(transport.makeFolder('b')).rejects.toBe(full);
  expect(faults.calls).toBe(2);
});

test('the first error is told when no fresh connection can be opened', async () => {
  const { transport } = await retrying([cut('list', 1), { ...cut('open', 2), path: '' }]);
  const listing = transport.list('');
  await expect(listing).rejects.toBe(lost);
  expect(transport.closed).toBe(true);
  await expect(transport.list('')).rejects.toMatchObject({ code: 'connection-lost' });
});

test('a connection that its owner closed stays closed', async () => {
  const { server, transport } = await retrying([]);
  await transport.close();
  await expect(transport.list('')).rejects.toMatchObject({ code: 'connection-lost' });
  expect(server.openConnections).toBe(0);
});
