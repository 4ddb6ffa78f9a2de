import { describe, expect, test } from 'vitest';
import { failure, scripted } from './scriptedConnection.ts';
import type { ScriptedSession } from './scriptedFtpServer.ts';

function sendListing(text: string) {
  return async (session: ScriptedSession) => {
    session.reply('150 Here it comes');
    (await session.data()).end(text);
    session.reply('226 Done');
  };
}

describe('listing', () => {
  test('where MLSD is not known LIST is used, and MLSD is not asked for again', async () => {
    const { server, open } = await scripted({
      on: {
        MLSD: (session) => session.reply('500 What?'),
        LIST: sendListing('-rw-r--r--    1 1000     1000            5 Feb 28 08:41 a.txt\r\n'),
      },
    });
    const transport = await open();
    expect(await transport.list('')).toMatchObject([{ name: 'a.txt', kind: 'file', sizeBytes: 5 }]);
    await transport.list('in/box');
    expect(server.received.filter((line) => /^(MLSD|LIST)/.test(line))).toEqual([
      'MLSD',
      'LIST',
      'LIST in/box',
    ]);
    expect(transport.traits.exactListings).toBe(false);
  });

  test('a folder whose name LIST would take for a pattern is entered and left again', async () => {
    const { server, open } = await scripted({ features: [], on: { LIST: sendListing('') } });
    await (await open()).list('a[1]');
    expect(server.received.slice(-5)).toEqual(['PWD', 'CWD a[1]', 'EPSV', 'LIST', 'CWD /']);
  });

  test('a folder that cannot be left again closes the connection', async () => {
    const { open } = await scripted({
      features: [],
      on: {
        LIST: sendListing(''),
        CWD: (session, path) => session.reply(path === '/' ? '550 No' : '250 Yes'),
      },
    });
    const transport = await open();
    await transport.list('a[1]').catch(() => {});
    expect(transport.closed).toBe(true);
  });

  test.for([
    ['550 No such directory', 'not-found'],
    ['501 No such directory.', 'not-found'],
  ] as const)('a missing folder answered by "%s" is %s', async ([reply, code]) => {
    const { open } = await scripted({ on: { MLSD: (session) => session.reply(reply) } });
    expect(await failure((await open()).list('x'))).toMatchObject({ code, class: 'fix' });
  });

  test('a listing without end is bad-reply', async () => {
    const { open } = await scripted({ on: { MLSD: sendListing('type=file;size=1; a\r\n'.repeat(100_100)) } });
    expect(await failure((await open()).list(''))).toMatchObject({ code: 'bad-reply', class: 'retry' });
  });

  test('226 without 150 is an empty listing', async () => {
    const { open } = await scripted({
      on: {
        async MLSD(session) {
          (await session.data()).end();
          session.reply('226 Nothing here');
        },
      },
    });
    expect(await (await open()).list('')).toEqual([]);
  });
});

describe('what a refusal leaves open is looked up', () => {
  const refuse = (session: ScriptedSession) => session.reply('550 Operation failed.');

  test('deleting: false where there is no such file, forbidden where there is', async () => {
    const { server, open } = await scripted({ on: { DELE: refuse } });
    server.files.set('a', Buffer.from('a'));
    const transport = await open();
    expect(await transport.remove('b')).toBe(false);
    expect(await failure(transport.remove('a'))).toMatchObject({ code: 'forbidden', class: 'fix' });
  });

  test('renaming: not-found, exists, forbidden, rename-refused', async () => {
    const { server, open } = await scripted({
      on: {
        RNFR: (session, path) =>
          session.reply(path === 'locked' || path === 'gone' ? '550 Failed.' : '350 Go on'),
        RNTO: refuse,
        CWD: (session, path) => session.reply(path === '/' || path === 'box' ? '250 Entered' : '550 Failed'),
      },
    });
    for (const name of ['a', 'b', 'locked']) server.files.set(name, Buffer.from('a'));
    const transport = await open();
    expect(await failure(transport.rename('gone', 'c'))).toMatchObject({ code: 'not-found', class: 'fix' });
    expect(await failure(transport.rename('locked', 'c'))).toMatchObject({ code: 'forbidden', class: 'fix' });
    expect(transport.traits.renameReplaces).toBeUndefined();
    expect(await failure(transport.rename('a', 'b'))).toMatchObject({ code: 'exists', class: 'fix' });
    expect(transport.traits.renameReplaces).toBe(false);
    const noFolder = await failure(transport.rename('a', 'nowhere/c'));
    expect(noFolder).toMatchObject({ code: 'rename-refused', class: 'fix' });
    expect(noFolder.message).toContain('nowhere');
    expect(await failure(transport.rename('a', 'box/c'))).toMatchObject({ code: 'rename-refused' });
  });

  test('making a folder: an existing one is fine, parents are made, a refusal is forbidden', async () => {
    const made = new Set(['old']);
    const { open } = await scripted({
      on: {
        CWD: (session, path) => session.reply(path === '/' || made.has(path) ? '250 Entered' : '550 Failed'),
        MKD(session, path) {
          const parent = path.split('/').slice(0, -1).join('/');
          const can = path !== 'never' && !made.has(path) && (parent === '' || made.has(parent));
          if (can) made.add(path);
          session.reply(can ? `257 "${path}" created` : '550 Create directory operation failed.');
        },
      },
    });
    const transport = await open();
    await transport.makeFolder('old');
    await transport.makeFolder('a/b/c');
    expect([...made]).toEqual(['old', 'a', 'a/b', 'a/b/c']);
    expect(await failure(transport.makeFolder('never'))).toMatchObject({ code: 'forbidden', class: 'fix' });
  });

  test('making a folder whose parent somebody else makes at the same moment', async () => {
    const made = new Set<string>();
    const { open } = await scripted({
      on: {
        CWD: (session, path) => session.reply(path === '/' || made.has(path) ? '250 Entered' : '550 Failed'),
        MKD(session, path) {
          const can = made.has('drop') && path === 'drop/claimed';
          if (can) made.add(path);
          session.reply(can ? `257 "${path}" created` : '550 Create directory operation failed.');
          // Right after the refusal.
          made.add('drop');
        },
      },
    });
    const transport = await open();
    await transport.makeFolder('drop/claimed');
    expect([...made]).toEqual(['drop', 'drop/claimed']);
  });

  test('uploading: not-found where the folder is missing, forbidden where it is there', async () => {
    const { open } = await scripted({
      on: {
        STOR: (session) => session.reply('553 Could not create file.'),
        CWD: (session, path) => session.reply(path === '/' || path === 'box' ? '250 Entered' : '550 Failed'),
      },
    });
    const transport = await open();
    const source = { sizeBytes: 0, open: () => expect.unreachable('nothing is read for a refused upload') };
    expect(await failure(transport.upload('nowhere/a', source))).toMatchObject({
      code: 'not-found',
      class: 'fix',
    });
    expect(await failure(transport.upload('box/a', source))).toMatchObject({
      code: 'forbidden',
      class: 'fix',
    });
  });
});
