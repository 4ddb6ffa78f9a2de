import { expect, test } from 'vitest';
import { withLimits } from '../../../electron/transport/decorators/withLimits.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, sourceOf } from '../../support/transportBytes.ts';

function limited(limits: Omit<Parameters<typeof withLimits>[1], 'clock'>) {
  const clock = createFakeClock({ sleepsAdvance: true });
  const server = createMemoryServer({ clock });
  const factory = withLimits(server.factory('memory://test'), { clock, ...limits });
  return { clock, server, factory };
}

test('an upload takes as long as its rate says, and arrives whole', async () => {
  const { clock, server, factory } = limited({ uploadBytesPerSecond: 1000 });
  const transport = await factory.open();
  const content = Buffer.alloc(10_000, 'abc');
  await transport.upload('a', sourceOf(content));
  expect(clock.monotonic()).toBeCloseTo(10_000, 0);
  expect(server.snapshot().get('a')).toEqual(content);
});

test('a download takes as long as its rate says, in pieces that move several times a second', async () => {
  const { clock, server, factory } = limited({ downloadBytesPerSecond: 1000 });
  const transport = await factory.open();
  server.put('a', Buffer.alloc(5000, 'abc'));
  const sink = collectingSink();
  const pieces: number[] = [];
  const counting = {
    async write(chunk: Buffer) {
      pieces.push(chunk.length);
      await sink.write(chunk);
    },
  };
  expect(await transport.download('a', counting)).toBe(5000);
  expect(clock.monotonic()).toBeCloseTo(5000, 0);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(250);
  expect(sink.bytes()).toEqual(Buffer.alloc(5000, 'abc'));
});

test('connections share one rate', async () => {
  const { clock, factory } = limited({ uploadBytesPerSecond: 1000 });
  const [first, second] = [await factory.open(), await factory.open()];
  await first.upload('a', sourceOf(Buffer.alloc(2000)));
  await second.upload('b', sourceOf(Buffer.alloc(2000)));
  expect(clock.monotonic()).toBeCloseTo(4000, 0);
});

test('time that was not used is not made up for', async () => {
  const { clock, factory } = limited({ uploadBytesPerSecond: 1000 });
  const transport = await factory.open();
  await clock.advance(60_000);
  await transport.upload('a', sourceOf(Buffer.alloc(2000)));
  expect(clock.monotonic()).toBeCloseTo(62_000, 0);
});

test('cancelling ends a transfer that waits for its turn', async () => {
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  const transport = await withLimits(server.factory('memory://test'), {
    clock,
    uploadBytesPerSecond: 10,
  }).open();
  const cancel = new AbortController();
  const uploading = transport.upload('a', sourceOf(Buffer.alloc(100)), { signal: cancel.signal });
  cancel.abort();
  await expect(uploading).rejects.toMatchObject({ class: 'cancelled' });
  expect(clock.waiting).toBe(0);
});

test('a listing that is longer than allowed is refused', async () => {
  const { server, factory } = limited({ entries: 2 });
  const transport = await factory.open();
  server.put('in/a', Buffer.from('x'));
  server.put('in/b', Buffer.from('x'));
  expect(await transport.list('in')).toHaveLength(2);
  server.put('in/c', Buffer.from('x'));
  await expect(transport.list('in')).rejects.toMatchObject({ code: 'bad-reply', class: 'retry' });
});
