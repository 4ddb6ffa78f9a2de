import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, readAll, sourceOf } from '../../support/transportBytes.ts';
import { advanceUntilSettled, failure, scripted } from './scriptedConnection.ts';
import type { ScriptedSession } from './scriptedFtpServer.ts';

/** Takes some bytes, then resets the data connection and says this. */
function resetThenSay(reply: string) {
  return async (session: ScriptedSession) => {
    session.reply('150 Send it');
    const data = await session.data();
    await once(data, 'data');
    data.resetAndDestroy();
    session.reply(reply);
  };
}

/** More than any buffer takes, so that a transfer is under way when it breaks. */
const large = sourceOf(Buffer.alloc(32 * 1024 * 1024), 65_536);

describe('round trips', () => {
  test('an upload costs EPSV, STOR and SIZE; TYPE only the first time', async () => {
    const { server, open } = await scripted();
    const transport = await open();
    await transport.upload('a', sourceOf('abc'));
    await transport.upload('b', sourceOf(''));
    expect(server.received.slice(3)).toEqual([
      'TYPE I',
      'EPSV',
      'STOR a',
      'SIZE a',
      'EPSV',
      'STOR b',
      'SIZE b',
    ]);
    expect(server.files.get('a')?.toString()).toBe('abc');
  });

  test('a download costs EPSV and RETR', async () => {
    const { server, open } = await scripted();
    server.files.set('a', Buffer.from('abc'));
    const transport = await open();
    expect((await readAll(transport, 'a')).toString()).toBe('abc');
    expect(server.received.slice(3)).toEqual(['TYPE I', 'EPSV', 'RETR a']);
  });
});

describe('what the server says of a broken transfer', () => {
  test.for([
    ['552 Quota exceeded', 'no-room', 'full'],
    ['451 No space left on device', 'no-room', 'full'],
    ['550 No such file or directory', 'not-found', 'fix'],
    ['426 Connection closed', 'connection-lost', 'retry'],
    ['226 Transfer complete', 'connection-lost', 'retry'],
  ] as const)(
    'a reset upload followed by "%s" is %s, and the connection goes on',
    async ([reply, code, errorClass]) => {
      const { server, open } = await scripted({ on: { STOR: resetThenSay(reply) } });
      server.files.set('b', Buffer.from('abc'));
      const transport = await open();
      expect(await failure(transport.upload('a', large))).toMatchObject({ code, class: errorClass });
      expect(transport.closed).toBe(false);
      expect(await transport.fileSize('b')).toBe(3);
    },
  );

  test('a reset upload without any reply closes the connection after two seconds', async () => {
    const clock = createFakeClock();
    const { open } = await scripted(
      {
        on: {
          async STOR(session) {
            session.reply('150 Send it');
            const data = await session.data();
            await once(data, 'data');
            data.resetAndDestroy();
          },
        },
      },
      { clock },
    );
    const transport = await open();
    const upload = failure(transport.upload('a', large));
    // Far below any other time-out.
    expect(await advanceUntilSettled(clock, 10_000, upload)).toMatchObject({
      code: 'connection-lost',
      class: 'retry',
    });
    expect(transport.closed).toBe(true);
  });

  test('a refusal whose data connection is reset first is the refusal', async () => {
    const { open } = await scripted({
      on: {
        async RETR(session) {
          (await session.data()).resetAndDestroy();
          session.reply('550 a: No such file or directory');
        },
      },
    });
    const transport = await open();
    expect(await failure(transport.download('a', collectingSink()))).toMatchObject({ code: 'not-found' });
    expect(transport.closed).toBe(false);
  });

  test('a reply out of the blue in the middle of an upload ends it with that verdict', async () => {
    const { open } = await scripted({
      on: {
        async STOR(session) {
          session.reply('150 Send it');
          await session.data();
          session.reply('552 Quota exceeded');
        },
      },
    });
    const transport = await open();
    expect(await failure(transport.upload('a', large))).toMatchObject({ code: 'no-room', class: 'full' });
    expect(transport.closed).toBe(false);
  });

  test('421 in the middle of a transfer is connection-lost', async () => {
    const { open } = await scripted({
      on: {
        async STOR(session) {
          session.reply('150 Send it');
          await session.data();
          session.reply('421 Shutting down');
        },
      },
    });
    const transport = await open();
    expect(await failure(transport.upload('a', large))).toMatchObject({
      code: 'connection-lost',
      class: 'retry',
    });
    expect(transport.closed).toBe(true);
  });
});

describe('226 is no proof', () => {
  test('a file that is shorter on the server than here is size-mismatch', async () => {
    const { server, open } = await scripted({
      on: {
        async STOR(session) {
          session.reply('150 Send it');
          const data = await session.data();
          data.resume();
          await once(data, 'end');
          server.files.set('a', Buffer.from('ab'));
          session.reply('226 Transfer complete');
        },
      },
    });
    expect(await failure((await open()).upload('a', sourceOf('abc')))).toMatchObject({
      code: 'size-mismatch',
      class: 'retry',
    });
  });

  test('where SIZE is not known, the listing tells the size', async () => {
    const { server, open } = await scripted({ on: { SIZE: (session) => session.reply('502 Not built in') } });
    const transport = await open();
    await transport.upload('a', sourceOf('abc'));
    expect(server.verbs().at(-1)).toBe('MLSD');
    expect(await transport.fileSize('b')).toBeUndefined();
  });

  test('a download that is shorter than the server announced is connection-lost', async () => {
    const { open } = await scripted({
      on: {
        async RETR(session) {
          session.reply('150 Opening BINARY mode data connection for a (10 bytes)');
          (await session.data()).end('abc');
          session.reply('226 Transfer complete');
        },
      },
    });
    expect(await failure((await open()).download('a', collectingSink()))).toMatchObject({
      code: 'connection-lost',
    });
  });

  test.for([2, 4])(
    'a file of 3 bytes where %d are expected is size-mismatch, and no byte more is handed on',
    async (expectedBytes) => {
      const { server, open } = await scripted();
      server.files.set('a', Buffer.from('abc'));
      const sink = collectingSink();
      const error = await failure((await open()).download('a', sink, { expectedBytes }));
      expect(error).toMatchObject({ code: 'size-mismatch', class: 'retry' });
      expect(sink.bytes().toString()).toBe('abc'.slice(0, expectedBytes));
    },
  );
});

describe('time-outs', () => {
  test('a download in which nothing moves is timed-out', async () => {
    const clock = createFakeClock();
    const { open } = await scripted(
      {
        on: {
          async RETR(session) {
            session.reply('150 Here it comes');
            (await session.data()).write('abc');
          },
        },
      },
      { clock, ftp: { stallTimeoutSeconds: 45 } },
    );
    const got = Promise.withResolvers<void>();
    const sink = { write: async () => got.resolve() };
    const transport = await open();
    const download = failure(transport.download('a', sink));
    await got.promise;
    expect(await advanceUntilSettled(clock, 50_000, download)).toMatchObject({
      code: 'timed-out',
      class: 'retry',
    });
    expect(transport.closed).toBe(true);
  });

  test('a slow sink is no stall', async () => {
    const clock = createFakeClock();
    const { server, open } = await scripted({}, { clock });
    server.files.set('a', Buffer.from('abc'));
    const asked = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const download = (await open()).download('a', {
      write: () => {
        asked.resolve();
        return taken.promise;
      },
    });
    await asked.promise;
    await clock.advance(3_600_000);
    taken.resolve();
    expect(await download).toBe(3);
  });

  test('a slow source is no stall', async () => {
    const clock = createFakeClock();
    const { server, open } = await scripted({}, { clock });
    const source = new Readable({ read() {} });
    const opened = Promise.withResolvers<void>();
    const upload = (await open()).upload('a', {
      sizeBytes: 3,
      open: () => {
        opened.resolve();
        return source;
      },
    });
    await opened.promise;
    await clock.advance(3_600_000);
    source.push('abc');
    source.push(null);
    await upload;
    expect(server.files.get('a')?.toString()).toBe('abc');
  });

  test('an upload that the server does not read is timed-out', async () => {
    const clock = createFakeClock();
    const { open } = await scripted(
      {
        on: {
          async STOR(session) {
            session.reply('150 Send it');
            (await session.data()).pause();
          },
        },
      },
      { clock },
    );
    const transport = await open();
    const upload = failure(transport.upload('a', large));
    expect(await advanceUntilSettled(clock, 100_000, upload)).toMatchObject({
      code: 'timed-out',
      class: 'retry',
    });
  });

  test('a final reply that never comes is timed-out', async () => {
    const clock = createFakeClock();
    const ended = Promise.withResolvers<void>();
    const { open } = await scripted(
      {
        on: {
          async STOR(session) {
            session.reply('150 Send it');
            const data = await session.data();
            data.resume();
            await once(data, 'end');
            ended.resolve();
          },
        },
      },
      { clock },
    );
    const transport = await open();
    const upload = failure(transport.upload('a', sourceOf('abc')));
    await ended.promise;
    await clock.advance(60_000);
    expect(await upload).toMatchObject({ code: 'timed-out', class: 'retry' });
    expect(transport.closed).toBe(true);
  });
});

describe('the local side', () => {
  test('what a sink throws passes unchanged, and the connection goes on', async () => {
    const { server, open } = await scripted();
    server.files.set('a', Buffer.alloc(3_000_000));
    const transport = await open();
    const broken = new Error('the disk here is full');
    await expect(transport.download('a', { write: () => Promise.reject(broken) })).rejects.toBe(broken);
    expect(transport.closed).toBe(false);
    expect(await transport.fileSize('a')).toBe(3_000_000);
  });

  test('what a source throws passes unchanged', async () => {
    const { open } = await scripted();
    const broken = new Error('the file here vanished');
    const source = {
      sizeBytes: 3,
      open: () =>
        new Readable({
          read() {
            this.destroy(broken);
          },
        }),
    };
    await expect((await open()).upload('a', source)).rejects.toBe(broken);
  });

  test('cancelling ends a transfer at once and closes the connection', async () => {
    const { open } = await scripted({
      on: {
        async RETR(session) {
          session.reply('150 Here it comes');
          (await session.data()).write('abc');
        },
      },
    });
    const abort = new AbortController();
    const transport = await open();
    const sink = { write: async () => abort.abort() };
    expect(await failure(transport.download('a', sink, { signal: abort.signal }))).toMatchObject({
      code: 'cancelled',
      class: 'cancelled',
    });
    expect(transport.closed).toBe(true);
  });
});

describe('resuming', () => {
  test('an upload goes on with APPE after looking at the size', async () => {
    const { server, open } = await scripted();
    server.files.set('a', Buffer.from('abc'));
    await (await open()).upload('a', sourceOf('abcdef'), { offset: 3 });
    expect(server.files.get('a')?.toString()).toBe('abcdef');
    expect(server.received.slice(4)).toEqual(['SIZE a', 'EPSV', 'APPE a', 'SIZE a']);
  });

  test('where APPE is refused it goes on with REST and STOR, and APPE is not tried again', async () => {
    const { server, open } = await scripted({
      on: { APPE: (session) => session.reply('451 a: Append/Restart not permitted') },
    });
    server.files.set('a', Buffer.from('abc'));
    const transport = await open();
    await transport.upload('a', sourceOf('abcdef'), { offset: 3 });
    expect(server.files.get('a')?.toString()).toBe('abcdef');
    await transport.upload('a', sourceOf('abcdefghi'), { offset: 6 });
    expect(server.verbs().filter((verb) => verb === 'APPE')).toHaveLength(1);
    expect(transport.traits.resumesUploads).toBe(true);
  });

  test('where both are refused the trait says so from then on', async () => {
    const { server, open } = await scripted({
      on: { APPE: (session) => session.reply('502 No'), REST: (session) => session.reply('502 No') },
    });
    server.files.set('a', Buffer.from('abc'));
    const transport = await open();
    expect(await failure(transport.upload('a', sourceOf('abcdef'), { offset: 3 }))).toMatchObject({
      class: 'fix',
    });
    expect(transport.traits.resumesUploads).toBe(false);
    await transport.upload('a', sourceOf('abcdef'));
    expect(server.files.get('a')?.toString()).toBe('abcdef');
  });

  test.for([2, 4])('a remote file of 3 bytes is not continued at %d', async (offset) => {
    const { server, open } = await scripted();
    server.files.set('a', Buffer.from('abc'));
    expect(await failure((await open()).upload('a', sourceOf('abcdef'), { offset }))).toMatchObject({
      code: 'size-mismatch',
    });
    expect(server.files.get('a')?.toString()).toBe('abc');
  });

  test('a download begins at its offset', async () => {
    const { server, open } = await scripted();
    server.files.set('a', Buffer.from('abcdef'));
    const sink = collectingSink();
    expect(await (await open()).download('a', sink, { offset: 4, expectedBytes: 6 })).toBe(2);
    expect(sink.bytes().toString()).toBe('ef');
  });
});
