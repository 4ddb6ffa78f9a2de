import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Fault, FaultRule } from '../../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { connectionLost, noRoom } from '../../../electron/transport/transportErrors.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, readAll, sourceOf } from '../../support/transportBytes.ts';

const clock = createFakeClock();
const lost = connectionLost();

function scripted(script: readonly FaultRule[] | ConstructorParameters<typeof FaultScript>[0]) {
  const server = createMemoryServer({ clock });
  const faults = new FaultScript(script);
  return { server, faults, factory: withScriptedFaults(server.factory('memory://test'), faults) };
}

function failing(when: Extract<Fault, { kind: 'fail' }>['when'], error: Error = lost): Fault {
  return { kind: 'fail', when, error };
}

test('a rename that fails before the act moves nothing; after it, the file has moved', async () => {
  const { server, factory } = scripted([
    { method: 'rename', nth: 1, fault: failing('before') },
    { method: 'rename', nth: 2, fault: failing('after') },
  ]);
  const transport = await factory.open();
  server.put('a', Buffer.from('x'));
  await expect(transport.rename('a', 'b')).rejects.toBe(lost);
  expect([...server.snapshot().keys()]).toEqual(['a']);
  await expect(transport.rename('a', 'b')).rejects.toBe(lost);
  expect([...server.snapshot().keys()]).toEqual(['b']);
  expect(transport.closed).toBe(false);
});

test('a fault that closes leaves the connection closed', async () => {
  const { server, factory } = scripted([
    { method: 'remove', fault: { kind: 'fail', when: 'after', error: lost, closes: true } },
  ]);
  const transport = await factory.open();
  server.put('a', Buffer.from('x'));
  await expect(transport.remove('a')).rejects.toBe(lost);
  expect(transport.closed).toBe(true);
  expect(server.snapshot().size).toBe(0);
});

test('an upload broken off after some bytes leaves exactly those bytes', async () => {
  const full = noRoom('Full.');
  const { server, factory } = scripted([
    { method: 'upload', path: /^tmp\//, fault: failing({ afterBytes: 4 }, full) },
  ]);
  const transport = await factory.open();
  await transport.makeFolder('tmp');
  await expect(transport.upload('tmp/a', sourceOf('0123456789', 3))).rejects.toBe(full);
  expect(server.snapshot().get('tmp/a')?.toString()).toBe('0123');
});

test('a break point behind the end of an upload loses only its reply', async () => {
  const { server, factory } = scripted([{ method: 'upload', fault: failing({ afterBytes: 100 }) }]);
  const transport = await factory.open();
  await expect(transport.upload('a', sourceOf('0123456789'))).rejects.toBe(lost);
  expect(server.snapshot().get('a')?.toString()).toBe('0123456789');
});

test('a download broken off after some bytes has handed over exactly those bytes', async () => {
  const { server, factory } = scripted([{ method: 'download', fault: failing({ afterBytes: 4 }) }]);
  const transport = await factory.open();
  server.put('a', Buffer.from('0123456789'));
  const sink = collectingSink();
  await expect(transport.download('a', sink)).rejects.toBe(lost);
  expect(sink.bytes().toString()).toBe('0123');
});

test('a corrupted upload and a corrupted download differ in one byte and keep their size', async () => {
  const { server, factory } = scripted([
    { method: 'upload', fault: { kind: 'corrupt', atByte: 12 } },
    { method: 'download', nth: 1, fault: { kind: 'corrupt', atByte: 0 } },
  ]);
  const transport = await factory.open();
  await transport.upload('a', sourceOf('0000000000', 4));
  expect(server.snapshot().get('a')?.toString()).toBe('0010000000');
  expect((await readAll(transport, 'a')).toString()).toBe('1010000000');
  expect((await readAll(transport, 'a')).toString()).toBe('0010000000');
});

test('a truncated upload is never reported as delivered', async () => {
  const { server, factory } = scripted([{ method: 'upload', fault: { kind: 'truncate', afterBytes: 3 } }]);
  const transport = await factory.open();
  await expect(transport.upload('a', sourceOf('012345'))).rejects.toMatchObject({ code: 'size-mismatch' });
  expect(server.snapshot().get('a')?.toString()).toBe('012');
});

test('a truncated download is a size mismatch for a caller who knows the size, and short for others', async () => {
  const { server, factory } = scripted([{ method: 'download', fault: { kind: 'truncate', afterBytes: 3 } }]);
  const transport = await factory.open();
  server.put('a', Buffer.from('012345'));
  await expect(transport.download('a', collectingSink(), { expectedBytes: 6 })).rejects.toMatchObject({
    code: 'size-mismatch',
  });
  expect(await transport.download('a', collectingSink())).toBe(3);
});

test('a listing can come doubled, reversed or invented', async () => {
  const { server, factory } = scripted([
    { method: 'list', nth: 1, fault: { kind: 'listing', change: 'duplicate' } },
    { method: 'list', nth: 2, fault: { kind: 'listing', change: 'reverse' } },
    { method: 'list', nth: 3, fault: { kind: 'listing', change: (entries) => entries.slice(1) } },
  ]);
  const transport = await factory.open();
  server.put('a', Buffer.from('x'));
  server.put('b', Buffer.from('x'));
  const names = async () => (await transport.list('')).map((entry) => entry.name);
  expect([await names(), await names(), await names(), await names()]).toEqual([
    ['a', 'a', 'b', 'b'],
    ['b', 'a'],
    ['b'],
    ['a', 'b'],
  ]);
});

test.each(['before', 'after'] as const)(
  'a crash %s a rename ends every call on every connection',
  async (when) => {
    const killed = new Error('killed');
    const { server, faults, factory } = scripted([
      { method: 'rename', fault: { kind: 'crash', when, error: killed } },
    ]);
    const first = await factory.open();
    const second = await factory.open();
    server.put('a', Buffer.from('x'));
    await expect(first.rename('a', 'b')).rejects.toBe(killed);
    expect([...server.snapshot().keys()]).toEqual([when === 'before' ? 'a' : 'b']);
    expect(faults.crashed).toBe(killed);
    await expect(second.list('')).rejects.toBe(killed);
    await expect(first.fileSize('a')).rejects.toBe(killed);
    await expect(factory.open()).rejects.toBe(killed);
    await first.close();
    expect(server.openConnections).toBe(0);
  },
);

test('a crash in mid-upload leaves what had been written, and ends the upload of another connection, too', async () => {
  const killed = new Error('killed');
  const { server, factory } = scripted([
    { method: 'upload', path: 'a', fault: { kind: 'crash', when: { afterBytes: 2 }, error: killed } },
  ]);
  const first = await factory.open();
  const second = await factory.open();
  const stalled = new Readable({ read() {} });
  stalled.push('x');
  const slow = second.upload('b', { sizeBytes: 2, open: () => stalled });
  await expect(first.upload('a', sourceOf('0123'))).rejects.toBe(killed);
  await expect(slow).rejects.toBe(killed);
  expect(server.snapshot().get('a')?.toString()).toBe('01');
  expect(stalled.destroyed).toBe(true);
});

test('opening can fail before and after the server took the connection; neither stays open', async () => {
  const { server, factory } = scripted([
    { method: 'open', nth: 1, fault: failing('before') },
    { method: 'open', nth: 2, fault: failing('after') },
  ]);
  await expect(factory.open()).rejects.toBe(lost);
  await expect(factory.open()).rejects.toBe(lost);
  expect(server.openConnections).toBe(0);
  await factory.open();
  expect(server.openConnections).toBe(1);
});

test('a function decides before every call and sees its count', async () => {
  const seen: string[] = [];
  const { factory } = scripted((call) => {
    seen.push(`${call.sequence} ${call.method} ${call.path} ${call.nth}${call.to ?? ''}`);
    return undefined;
  });
  const transport = await factory.open();
  await transport.upload('a', sourceOf('x'));
  await transport.rename('a', 'b');
  await transport.list('');
  await transport.list('');
  expect(seen).toEqual(['1 open  1', '2 upload a 1', '3 rename a 1b', '4 list  1', '5 list  2']);
});
