import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import {
  createMemoryServer,
  type MemoryServerOptions,
} from '../../../electron/transport/memory/memoryServer.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, readAll, sourceOf } from '../../support/transportBytes.ts';

const clock = createFakeClock();

async function connected(options: Omit<MemoryServerOptions, 'clock'> = {}) {
  const server = createMemoryServer({ clock, ...options });
  return { server, transport: await server.factory('memory://test').open() };
}

test('a partial upload is visible while it is in progress, and to every other connection', async () => {
  const { server, transport } = await connected();
  const other = await server.factory('memory://other').open();
  const sizes: Promise<number | undefined>[] = [];
  const onBytes = () => sizes.push(other.fileSize('a.bin'));
  await transport.upload('a.bin', sourceOf('first, second', 5), { onBytes });
  expect(await Promise.all(sizes)).toEqual([5, 10, 13]);
  expect((await readAll(other, 'a.bin')).toString()).toBe('first, second');
});

test('an upload whose source ends early leaves the prefix and reports a size mismatch', async () => {
  const { server, transport } = await connected();
  const source = { sizeBytes: 10, open: () => Readable.from([Buffer.from('short')]) };
  await expect(transport.upload('a', source)).rejects.toMatchObject({
    code: 'size-mismatch',
    class: 'retry',
  });
  expect(server.snapshot().get('a')?.toString()).toBe('short');
});

test('an upload continues at the remote size, and only exactly there', async () => {
  const { server, transport } = await connected();
  server.put('a', Buffer.from('0123'));
  await expect(transport.upload('a', sourceOf('0123456789'), { offset: 3 })).rejects.toMatchObject({
    code: 'size-mismatch',
  });
  await transport.upload('a', sourceOf('0123456789'), { offset: 4 });
  expect(server.snapshot().get('a')?.toString()).toBe('0123456789');
});

test('a server that cannot resume refuses an upload in mid-file and keeps what is there', async () => {
  const { server, transport } = await connected({ resumesUploads: false });
  server.put('a', Buffer.from('0123'));
  await expect(transport.upload('a', sourceOf('0123456789'), { offset: 4 })).rejects.toMatchObject({
    code: 'cannot-resume',
  });
  expect(server.snapshot().get('a')?.toString()).toBe('0123');
});

test('a full server keeps the prefix that fits, says no-room, and has room again after a removal', async () => {
  const { server, transport } = await connected({ capacityBytes: 8 });
  await transport.upload('old', sourceOf('12345'));
  await expect(transport.upload('new', sourceOf('abcdef'))).rejects.toMatchObject({
    code: 'no-room',
    class: 'full',
  });
  expect(server.snapshot().get('new')?.toString()).toBe('abc');
  expect(await transport.freeBytes?.()).toBe(0);
  expect(await transport.remove('old')).toBe(true);
  await transport.upload('new', sourceOf('abcdef'));
  expect(await transport.freeBytes?.()).toBe(2);
});

test('a file that was deleted while it was uploaded is not reported as delivered', async () => {
  const { server, transport } = await connected();
  const other = await server.factory('memory://other').open();
  const removals: Promise<boolean>[] = [];
  const onBytes = () => removals.push(other.remove('a'));
  await expect(transport.upload('a', sourceOf('abcdef', 3), { onBytes })).rejects.toMatchObject({
    code: 'size-mismatch',
  });
  expect(await Promise.all(removals)).toEqual([true, false]);
  expect(server.snapshot().size).toBe(0);
});

test.each([true, false])('a rename onto an existing file, replacing %s', async (renameReplaces) => {
  const { server, transport } = await connected({ renameReplaces });
  server.put('tmp/a', Buffer.from('new'));
  server.put('in/a', Buffer.from('old'));
  const renaming = transport.rename('tmp/a', 'in/a');
  if (renameReplaces) await renaming;
  else await expect(renaming).rejects.toMatchObject({ code: 'exists', class: 'fix' });
  const left = Object.fromEntries([...server.snapshot()].map(([path, bytes]) => [path, bytes.toString()]));
  expect(left).toEqual(renameReplaces ? { 'in/a': 'new' } : { 'in/a': 'old', 'tmp/a': 'new' });
});

test('a rename whose source is gone is not-found; into a missing folder it is refused and moves nothing', async () => {
  const { server, transport } = await connected();
  server.put('a', Buffer.from('x'));
  await expect(transport.rename('b', 'c')).rejects.toMatchObject({ code: 'not-found' });
  await expect(transport.rename('a', 'nowhere/a')).rejects.toMatchObject({ code: 'rename-refused' });
  expect([...server.snapshot().keys()]).toEqual(['a']);
});

test('every connection beyond the allowed number is refused until one closes', async () => {
  const server = createMemoryServer({ clock, maxConnections: 1 });
  const factory = server.factory('memory://test');
  const first = await factory.open();
  await expect(factory.open()).rejects.toMatchObject({ code: 'too-many-connections', class: 'busy' });
  await first.close();
  await first.close();
  expect(server.openConnections).toBe(0);
  await (await factory.open()).close();
});

test('a closed connection answers nothing more, and breaks off the upload that was under way', async () => {
  const { server, transport } = await connected();
  const onBytes = () => void transport.close();
  await expect(transport.upload('a', sourceOf('abcdef', 3), { onBytes })).rejects.toMatchObject({
    code: 'connection-lost',
  });
  expect(server.snapshot().get('a')?.toString()).toBe('abc');
  expect(transport.closed).toBe(true);
  await expect(transport.list('')).rejects.toMatchObject({ code: 'connection-lost', class: 'retry' });
});

test('cancelling ends an upload whose source has stalled', async () => {
  const { transport } = await connected();
  const cancel = new AbortController();
  const stalled = new Readable({ read() {} });
  const uploading = transport.upload('a', { sizeBytes: 5, open: () => stalled }, { signal: cancel.signal });
  cancel.abort();
  await expect(uploading).rejects.toMatchObject({ code: 'cancelled', class: 'cancelled' });
  expect(stalled.destroyed).toBe(true);
});

test('a download with another size than expected hands over no more than expected', async () => {
  const { server, transport } = await connected();
  server.put('a', Buffer.from('0123456789'));
  const sink = collectingSink();
  await expect(transport.download('a', sink, { expectedBytes: 4 })).rejects.toMatchObject({
    code: 'size-mismatch',
  });
  expect(sink.bytes().toString()).toBe('0123');
});

test.each(['/a', '../a', 'a/../b', 'a//b', './a', 'a\\b', 'a\nb', 'a\0b', 'a/'])(
  'the path %j is refused',
  async (path) => {
    const { server, transport } = await connected();
    await expect(transport.upload(path, sourceOf('x'))).rejects.toMatchObject({ code: 'bad-path' });
    await expect(transport.rename('a', path)).rejects.toMatchObject({ code: 'bad-path' });
    await expect(transport.list(path)).rejects.toMatchObject({ code: 'bad-path' });
    expect(server.snapshot().size).toBe(0);
  },
);

test('calls made at the same time on one connection are done in the order they were made', async () => {
  const { server, transport } = await connected();
  const results = await Promise.all([
    transport.upload('a', sourceOf('0123456789', 1)),
    transport.rename('a', 'b'),
    transport.fileSize('b'),
    transport.remove('b'),
  ]);
  expect(results).toEqual([undefined, undefined, 10, true]);
  expect(server.snapshot().size).toBe(0);
});

test('a snapshot is a copy that later changes do not reach', async () => {
  const { server, transport } = await connected();
  await transport.makeFolder('b/c');
  await transport.upload('b/a', sourceOf('one'));
  const before = server.snapshot();
  await transport.upload('b/a', sourceOf('two'));
  expect(before.get('b/a')?.toString()).toBe('one');
  expect(server.folders()).toEqual(['b', 'b/c']);
});
