import { describe, expect, test } from 'vitest';
import type { ConnectStep } from '../../../electron/transport/transport.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { failure, scripted, scriptedPassword } from './scriptedConnection.ts';

describe('round trips', () => {
  test('a log-in sends USER, PASS and FEAT, and the next one to the same server not even FEAT', async () => {
    const { server, open } = await scripted();
    await open();
    expect(server.received).toEqual(['USER branch', `PASS ${scriptedPassword}`, 'FEAT']);
    await open();
    expect(server.verbs().slice(3)).toEqual(['USER', 'PASS']);
  });

  test('a home dir costs one CWD, however many calls follow', async () => {
    const { server, open } = await scripted({}, { ftp: { homeDir: '/exchange/office/' } });
    server.files.set('a', Buffer.from('a'));
    const transport = await open();
    await transport.fileSize('a');
    await transport.remove('a');
    expect(server.received.filter((line) => line.startsWith('CWD'))).toEqual(['CWD /exchange/office']);
  });

  test.for(['', '/'])('the home dir "%s" is the directory that the log-in leads to', async (homeDir) => {
    const { server, open } = await scripted({}, { ftp: { homeDir } });
    await open();
    expect(server.verbs()).not.toContain('CWD');
  });
});

describe('refusals', () => {
  test.for([
    ['421 Too many users', 'too-many-connections', 'busy'],
    ['220', undefined, undefined],
    ['HTTP/1.1 400 Bad Request', 'bad-reply', 'retry'],
    ['550 Go away', 'cannot-connect', 'retry'],
  ] as const)('the greeting "%s" gives %s', async ([greeting, code, errorClass]) => {
    const { factory } = await scripted({ greeting });
    if (code === undefined) await (await factory.open()).close();
    else expect(await failure(factory.open())).toMatchObject({ code, class: errorClass });
  });

  test('a home dir that is not there is home-not-found', async () => {
    const { factory } = await scripted(
      { on: { CWD: (session) => session.reply('550 No such directory') } },
      { ftp: { homeDir: '/missing' } },
    );
    expect(await failure(factory.open())).toMatchObject({ code: 'home-not-found', class: 'fix' });
  });

  test('a greeting that never comes is timed-out', async () => {
    const clock = createFakeClock();
    const { factory } = await scripted({ greeting: false }, { clock });
    const connected = Promise.withResolvers<void>();
    const opening = failure(
      factory.open({ onStep: ({ name }) => name === 'connect' && connected.resolve() }),
    );
    await connected.promise;
    await clock.advance(60_000);
    expect(await opening).toMatchObject({ code: 'timed-out', class: 'retry' });
  });

  test('a host name that nobody knows is cannot-connect, and the step says so', async () => {
    const steps: ConnectStep[] = [];
    const { factory } = await scripted(
      {},
      {
        ftp: { host: 'nowhere.invalid' },
        resolveHost: () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
      },
    );
    const error = await failure(factory.open({ onStep: (step) => steps.push(step) }));
    expect(error).toMatchObject({ code: 'cannot-connect', class: 'retry' });
    expect(steps).toMatchObject([{ name: 'resolve', ok: false }]);
  });

  test('cancelling while a name is looked up ends at once', async () => {
    const abort = new AbortController();
    const { server, factory } = await scripted(
      {},
      {
        ftp: { host: 'ftp.example.com' },
        resolveHost: () => {
          abort.abort();
          return new Promise(() => {});
        },
      },
    );
    expect(await failure(factory.open({ signal: abort.signal }))).toMatchObject({ code: 'cancelled' });
    expect(server.received).toEqual([]);
  });

  test('cancelling while the server is silent ends at once', async () => {
    const { factory } = await scripted({ greeting: false });
    const abort = new AbortController();
    const opening = failure(
      factory.open({ signal: abort.signal, onStep: ({ name }) => name === 'connect' && abort.abort() }),
    );
    expect(await opening).toMatchObject({ code: 'cancelled', class: 'cancelled' });
  });
});

describe('secrets', () => {
  test('a password that the server repeats appears in no error, step or protocol line', async () => {
    const told: unknown[] = [];
    const { factory } = await scripted(
      { on: { PASS: (session, argument) => session.reply(`530 Login ${argument} incorrect`) } },
      { onLine: (direction, text) => told.push([direction, text]) },
    );
    const error = await failure(factory.open({ onStep: (step) => told.push(step) }));
    told.push(error.report(), error.reply, error.stack, factory.label);
    expect(error.code).toBe('login-refused');
    expect(JSON.stringify(told)).not.toContain(scriptedPassword);
    expect(told).toContainEqual(['sent', 'PASS ***']);
  });

  test('a password with a line break is refused and nothing of it is sent', async () => {
    const { server, factory } = await scripted({}, { password: 'a\r\nDELE b' });
    expect(await failure(factory.open())).toMatchObject({ code: 'login-refused', class: 'fix' });
    expect(server.received).toEqual([]);
  });
});
