import { expect, test, vi } from 'vitest';
import { createFakeClock } from '../../support/fakeClock.ts';
import { sourceOf } from '../../support/transportBytes.ts';
import { failure, scripted } from './scriptedConnection.ts';

test('a reply that arrives in pieces is understood whole', async () => {
  const pieces = async (session: { raw(text: string): void }, text: string) => {
    for (const character of text) {
      session.raw(character);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const { open } = await scripted({
    on: {
      FEAT: (session) => pieces(session, '211-Features\r\n MLST type*;\r\n REST STREAM\r\n211 End\r\n'),
      SIZE: (session) => pieces(session, '213 4711\r\n'),
    },
  });
  const transport = await open();
  expect(transport.traits.exactListings).toBe(true);
  expect(await transport.fileSize('a')).toBe(4711);
});

test('two replies in one piece go to their two commands', async () => {
  const { open } = await scripted({
    on: {
      RNFR: (session) => session.raw('350 Ready\r\n'),
      RNTO: (session) => session.raw('250-Do\r\n250 ne\r\n'),
    },
  });
  await expect((await open()).rename('a', 'b')).resolves.toBeUndefined();
});

test('421 while nothing is asked closes the connection, and the next call says why', async () => {
  const { server, open } = await scripted();
  const transport = await open();
  server.say('421 Idle for too long');
  await vi.waitFor(() => expect(transport.closed).toBe(true));
  const error = await failure(transport.fileSize('a'));
  expect(error).toMatchObject({ code: 'connection-lost', class: 'retry' });
  expect(error.message).toContain('Idle for too long');
});

test('421 as the answer to a command is connection-lost', async () => {
  const { open } = await scripted({ on: { SIZE: (session) => session.reply('421 Shutting down') } });
  const transport = await open();
  expect(await failure(transport.fileSize('a'))).toMatchObject({ code: 'connection-lost', class: 'retry' });
  expect(transport.closed).toBe(true);
});

test('a reply that nobody asked for is never taken for the next command’s', async () => {
  const { server, open } = await scripted();
  const transport = await open();
  server.say('213 4711');
  await vi.waitFor(() => expect(transport.closed).toBe(true));
  expect(await failure(transport.fileSize('a'))).toMatchObject({ code: 'connection-lost', class: 'retry' });
  expect(server.verbs()).not.toContain('SIZE');
});

test.for([
  ['words that are no reply', 'Hello there\r\n'],
  ['a line without end', 'x'.repeat(70_000)],
  ['a reply without end', `211-${'x\r\n '.repeat(40_000)}`],
  ['an impossible code', '700 What\r\n'],
] as const)('%s is bad-reply and closes the connection', async ([, text]) => {
  const { open } = await scripted({ on: { SIZE: (session) => session.raw(text) } });
  const transport = await open();
  expect(await failure(transport.fileSize('a'))).toMatchObject({ code: 'bad-reply', class: 'retry' });
  expect(transport.closed).toBe(true);
});

test('a size that is no number is bad-reply', async () => {
  const { open } = await scripted({ on: { SIZE: (session) => session.reply('213 large') } });
  expect(await failure((await open()).fileSize('a'))).toMatchObject({ code: 'bad-reply' });
});

test('a success that does not belong to the command closes the connection', async () => {
  const { open } = await scripted({ on: { SIZE: (session) => session.reply('226 Transfer complete') } });
  const transport = await open();
  expect(await failure(transport.fileSize('a'))).toMatchObject({ code: 'bad-reply' });
  expect(transport.closed).toBe(true);
});

test('an answer that does not come in time is timed-out, and the connection is not used again', async () => {
  const clock = createFakeClock();
  const { server, open } = await scripted({ on: { SIZE: () => {} } }, { clock });
  const transport = await open();
  const asked = failure(transport.fileSize('a'));
  await server.sawCommand('SIZE');
  await clock.advance(59_999);
  expect(transport.closed).toBe(false);
  await clock.advance(1);
  expect(await asked).toMatchObject({ code: 'timed-out', class: 'retry' });
  expect(transport.closed).toBe(true);
  expect(await failure(transport.fileSize('a'))).toMatchObject({ code: 'connection-lost' });
});

test('a server that hangs up is connection-lost', async () => {
  const { open } = await scripted({ on: { SIZE: (session) => session.hangUp() } });
  const transport = await open();
  expect(await failure(transport.fileSize('a'))).toMatchObject({ code: 'connection-lost', class: 'retry' });
});

test.for(['a\r\nDELE b', 'a\nb', 'a\0b', '/a', '../a', 'a//b', 'a\\b', '', 'a/.'])(
  'the path %j is refused before anything is sent',
  async (path) => {
    const { server, open } = await scripted();
    const transport = await open();
    const before = server.received.length;
    for (const call of [
      transport.upload(path, sourceOf('x')),
      transport.download(path, { write: async () => {} }),
      transport.fileSize(path),
      transport.rename('a', path),
      transport.rename(path, 'a'),
      transport.remove(path),
      transport.modifiedTime(path),
    ]) {
      expect(await failure(call)).toMatchObject({ code: 'bad-path', class: 'fix' });
    }
    expect(server.received.length).toBe(before);
    expect(transport.closed).toBe(false);
  },
);

test('an idle connection is kept alive, and a call that comes meanwhile waits for the answer', async () => {
  const clock = createFakeClock();
  const answer = Promise.withResolvers<void>();
  const { server, open } = await scripted(
    { on: { NOOP: (session) => answer.promise.then(() => session.reply('200 Here')) } },
    { clock, ftp: { keepAliveSeconds: 30 } },
  );
  const transport = await open();
  await clock.advance(29_999);
  expect(server.verbs()).not.toContain('NOOP');
  await clock.advance(1);
  await server.sawCommand('NOOP');
  server.files.set('a', Buffer.from('abc'));
  const size = transport.fileSize('a');
  answer.resolve();
  expect(await size).toBe(3);
  expect(server.verbs().slice(3)).toEqual(['NOOP', 'TYPE', 'SIZE']);
});

test('a keep-alive that is not answered closes the connection', async () => {
  const clock = createFakeClock();
  const { server, open } = await scripted(
    { on: { NOOP: () => {} } },
    { clock, ftp: { keepAliveSeconds: 30 } },
  );
  const transport = await open();
  await clock.advance(30_000);
  await server.sawCommand('NOOP');
  await clock.advance(60_000);
  expect(transport.closed).toBe(true);
});

test('calls made at once are sent one after the other', async () => {
  const { server, open } = await scripted();
  server.files.set('a', Buffer.from('abc'));
  const transport = await open();
  const sizes = await Promise.all([transport.fileSize('a'), transport.fileSize('b'), transport.remove('a')]);
  expect(sizes).toEqual([3, undefined, true]);
  expect(server.received.slice(3)).toEqual(['TYPE I', 'SIZE a', 'SIZE b', 'DELE a']);
});

test('a call that is cancelled while it waits its turn ends at once and is never sent', async () => {
  const answer = Promise.withResolvers<void>();
  const { server, open } = await scripted({
    on: { SIZE: (session) => answer.promise.then(() => session.reply('213 5')) },
  });
  const transport = await open();
  const abort = new AbortController();
  const first = transport.fileSize('a');
  const second = failure(transport.remove('a', { signal: abort.signal }));
  abort.abort();
  expect(await second).toMatchObject({ code: 'cancelled', class: 'cancelled' });
  answer.resolve();
  expect(await first).toBe(5);
  await transport.fileSize('b');
  expect(server.verbs()).not.toContain('DELE');
});

test('free space is told where the server has AVBL, and is not asked for elsewhere', async () => {
  const telling = await scripted({
    features: ['AVBL'],
    on: { AVBL: (session) => session.reply('213 1048576') },
  });
  expect(await (await telling.open()).freeBytes?.()).toBe(1_048_576);
  const silent = await scripted();
  expect(await (await silent.open()).freeBytes?.()).toBeUndefined();
  expect(silent.server.verbs()).not.toContain('AVBL');
});
