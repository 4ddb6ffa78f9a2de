import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../support/fakeClock.ts';
import { sourceOf } from '../../support/transportBytes.ts';
import { failure, scripted } from './scriptedConnection.ts';
import type { ScriptedSession } from './scriptedFtpServer.ts';

const noEpsv = { EPSV: (session: ScriptedSession) => session.reply('500 EPSV not understood') };

/** A PASV reply that names this address, with the listener really there. */
function pasvNaming(address: string, listenAt = '127.0.0.1') {
  return async (session: ScriptedSession) => {
    const port = await session.listenForData(listenAt);
    session.reply(`227 Entering Passive Mode (${address.replaceAll('.', ',')},${port >> 8},${port & 255})`);
  };
}

describe('passive', () => {
  test('where EPSV is refused PASV is used, and the next connection asks for PASV at once', async () => {
    const { server, open } = await scripted({ on: noEpsv });
    await (await open()).upload('a', sourceOf('abc'));
    await (await open()).upload('b', sourceOf('abc'));
    expect(server.verbs().filter((verb) => verb.endsWith('SV'))).toEqual(['EPSV', 'PASV', 'PASV']);
  });

  test('where EPSV leads nowhere PASV is used', async () => {
    const { server, open } = await scripted({ on: { EPSV: (session) => session.reply('229 Fine (|||1|)') } });
    await (await open()).upload('a', sourceOf('abc'));
    expect(server.files.get('a')?.toString()).toBe('abc');
  });

  test('a public address of somebody else is never connected to by itself', async () => {
    const { server, open } = await scripted({ on: { ...noEpsv, PASV: pasvNaming('198.51.100.4') } });
    const transport = await open();
    expect(await failure(transport.upload('a', sourceOf('abc')))).toMatchObject({
      code: 'foreign-data-address',
      class: 'fix',
    });
    expect(server.verbs()).not.toContain('STOR');
    expect(transport.closed).toBe(false);
  });

  test('with "control host" the announced address does not matter', async () => {
    const { server, open } = await scripted(
      { on: { ...noEpsv, PASV: pasvNaming('198.51.100.4') } },
      { ftp: { passiveAddress: 'control-host' } },
    );
    await (await open()).upload('a', sourceOf('abc'));
    expect(server.files.get('a')?.toString()).toBe('abc');
  });

  test('with "use it" the announced address is connected to', async () => {
    const { server, open } = await scripted(
      { on: { ...noEpsv, PASV: pasvNaming('127.0.0.2', '127.0.0.2') } },
      { ftp: { passiveAddress: 'use-it' } },
    );
    await (await open()).upload('a', sourceOf('abc'));
    expect(server.files.get('a')?.toString()).toBe('abc');
  });

  test('answers that name no port are bad-reply, and the connection goes on', async () => {
    const { open } = await scripted({
      on: {
        EPSV: (session) => session.reply('229 Entering somewhere'),
        PASV: (session) => session.reply('227 Entering (1,2,3)'),
      },
    });
    const transport = await open();
    expect(await failure(transport.upload('a', sourceOf('abc')))).toMatchObject({
      code: 'bad-reply',
      class: 'retry',
    });
    expect(await transport.fileSize('b')).toBeUndefined();
  });
});

describe('active', () => {
  const active = { passiveMode: false } as const;

  test('an upload and a download over PORT', async () => {
    const { server, open } = await scripted({}, { ftp: active });
    const transport = await open();
    await transport.upload('a', sourceOf('abc'));
    expect(await transport.download('a', { write: async () => {} })).toBe(3);
    expect(server.verbs()).not.toContain('EPSV');
  });

  test('the port is in the configured range and the announced address is the configured one', async () => {
    const range = await freeRange();
    const { server, open } = await scripted(
      {
        on: {
          async STOR(session) {
            session.reply('150 Send it');
            const data = connect({ host: '127.0.0.1', port: session.activeTarget?.port ?? 0 });
            data.resume();
            await once(data, 'end');
            server.files.set('a', Buffer.from('abc'));
            session.reply('226 Done');
          },
        },
      },
      { ftp: { ...active, activeAddress: '203.0.113.5', activePorts: range } },
    );
    await (await open()).upload('a', sourceOf('abc'));
    const numbers =
      server.received
        .find((line) => line.startsWith('PORT '))
        ?.slice(5)
        .split(',')
        .map(Number) ?? [];
    expect(numbers.slice(0, 4)).toEqual([203, 0, 113, 5]);
    const port = (numbers[4] ?? 0) * 256 + (numbers[5] ?? 0);
    expect(port).toBeGreaterThanOrEqual(range.from);
    expect(port).toBeLessThanOrEqual(range.through);
  });

  test('a refused PORT says to turn on Passive Mode, and the connection goes on', async () => {
    const { open } = await scripted(
      { on: { PORT: (session) => session.reply('500 Illegal PORT command') } },
      { ftp: active },
    );
    const transport = await open();
    const error = await failure(transport.upload('a', sourceOf('abc')));
    expect(error).toMatchObject({ code: 'active-refused', class: 'fix' });
    expect(error.advice).toContain('Passive Mode');
    expect(transport.closed).toBe(false);
  });

  test.for([undefined, '150 Connecting to you'])(
    'a server that never connects (having said %s) is timed-out',
    async (first) => {
      const clock = createFakeClock();
      const { server, open } = await scripted(
        {
          on: {
            STOR(session) {
              if (first !== undefined) session.reply(first);
            },
          },
        },
        { clock, ftp: active },
      );
      const transport = await open();
      const upload = failure(transport.upload('a', sourceOf('abc')));
      await server.sawCommand('STOR');
      await clock.advance(20_000);
      await clock.advance(2000);
      const error = await upload;
      expect(error).toMatchObject({ code: 'timed-out', class: 'retry' });
      expect(transport.closed).toBe(true);
    },
  );

  test('a server that cannot connect and says 425 is connection-lost, and the connection goes on', async () => {
    const { open } = await scripted(
      { on: { STOR: (session) => session.reply('425 Cannot connect to you') } },
      { ftp: active },
    );
    const transport = await open();
    expect(await failure(transport.upload('a', sourceOf('abc')))).toMatchObject({ class: 'retry' });
    expect(transport.closed).toBe(false);
  });

  test('a stranger who connects first is turned away, and the server still gets through', async () => {
    const { server, open } = await scripted(
      {
        on: {
          async STOR(session) {
            const { port } = session.activeTarget ?? { port: 0 };
            const stranger = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' });
            stranger.on('error', () => {});
            await once(stranger, 'close');
            session.reply('150 Send it');
            const chunks: Buffer[] = [];
            for await (const chunk of await session.data()) chunks.push(chunk as Buffer);
            server.files.set('a', Buffer.concat(chunks));
            session.reply('226 Done');
          },
        },
      },
      { ftp: active },
    );
    await (await open()).upload('a', sourceOf('abc'));
    expect(server.files.get('a')?.toString()).toBe('abc');
  });
});

/** A small range around a port that was free a moment ago. */
async function freeRange(): Promise<{ from: number; through: number }> {
  const { createServer } = await import('node:net');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  probe.close();
  await once(probe, 'close');
  return { from: Math.max(1024, port - 5), through: Math.min(65_535, port + 5) };
}
