import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../electron/platform/clock.ts';
import type { ConnectStep, ConnectStepName } from '../../../electron/transport/transport.ts';
import type { FtpServer, FtpServerOptions } from '../../servers/ftpServer.ts';
import { expectRefusal } from './expectRefusal.ts';
import { ftpFactory } from './ftpWorld.ts';

// How many turns of the event loop after a step the connection surely still has round trips before it. A turn
// takes in one reply at most.
const latestTurn: Partial<Record<ConnectStepName, number>> = { connect: 3, greeting: 4, tls: 1 };

/** What goes wrong while a connection is opened, against one kind of server. */
export function ftpOpening(name: string, start: (options: FtpServerOptions) => Promise<FtpServer>): void {
  async function withServer(options: FtpServerOptions, work: (server: FtpServer) => Promise<void>) {
    const server = await start(options);
    try {
      await work(server);
    } finally {
      await server.stop();
    }
  }

  describe(`${name}, opening`, () => {
    test('a wrong password is login-refused, and is not repeated in any text', async () => {
      await withServer({}, async (server) => {
        const steps: ConnectStep[] = [];
        const factory = ftpFactory(server, { password: 'not-the-word' });
        const error = await expectRefusal(
          factory.open({ onStep: (step) => steps.push(step) }),
          'login-refused',
          'fix',
        );
        expect(steps.at(-1)).toMatchObject({ name: 'login', ok: false });
        expect(JSON.stringify([error.report(), error.reply, steps, factory.label])).not.toContain(
          'not-the-word',
        );
      });
    });

    test('a closed port is cannot-connect', async () => {
      const server = await start({});
      await server.stop();
      await expectRefusal(ftpFactory(server).open(), 'cannot-connect', 'retry');
    });

    test('a missing home dir is home-not-found', async () => {
      await withServer({}, async (server) => {
        await expectRefusal(ftpFactory(server, { homeDir: '/missing' }).open(), 'home-not-found', 'fix');
      });
    });

    test('one connection too many is told from a wrong password, and a place that is free again is taken', async () => {
      await withServer({ maxClients: 1 }, async (server) => {
        const first = await ftpFactory(server).open();
        await expectRefusal(ftpFactory(server).open(), 'too-many-connections', 'busy');
        expect(await first.list('')).toEqual([]);
        await first.close();
        // The server frees the place when it has noticed that the connection ended.
        for (let attempt = 1; ; attempt += 1) {
          try {
            await (await ftpFactory(server).open()).close();
            break;
          } catch (error) {
            if (attempt === 40) throw error;
            await systemClock.sleep(50);
          }
        }
      });
    });

    test('TLS is refused where it is not offered, and plain log-in where TLS is required', async () => {
      await withServer({}, async (server) => {
        await expectRefusal(ftpFactory(server, { enableSsl: true }).open(), 'tls-failed', 'fix');
      });
      await withServer({ tls: 'required' }, async (server) => {
        await expectRefusal(ftpFactory(server).open(), 'login-refused', 'fix');
      });
    });

    test('opening can be cancelled at every step, and the next attempt works', async () => {
      await withServer({ tls: 'required' }, async (server) => {
        const settings = { enableSsl: true, pinnedFingerprintSha256: server.fingerprintSha256 };
        const names: ConnectStepName[] = [];
        await (await ftpFactory(server, settings).open({ onStep: (step) => names.push(step.name) })).close();
        for (const name of names.slice(0, -1)) {
          for (let turns = 0; turns <= (latestTurn[name] ?? 0); turns += 1) {
            const cancel = new AbortController();
            const onStep = async (step: ConnectStep) => {
              if (step.name !== name || !step.ok) return;
              for (let turn = 0; turn < turns; turn += 1) await nextTurn();
              cancel.abort();
            };
            const opening = ftpFactory(server, settings).open({ signal: cancel.signal, onStep });
            await expectRefusal(opening, 'cancelled', 'cancelled');
          }
        }
        await (await ftpFactory(server, settings).open()).close();
      });
    });

    test('an unknown certificate and a wrong fingerprint are untrusted, the right one is shown', async () => {
      await withServer({ tls: 'required' }, async (server) => {
        await expectRefusal(ftpFactory(server, { enableSsl: true }).open(), 'untrusted', 'trust');
        const wrong = server.fingerprintSha256.startsWith('00') ? '11' : '00';
        const pinnedFingerprintSha256 = wrong + server.fingerprintSha256.slice(2);
        await expectRefusal(
          ftpFactory(server, { enableSsl: true, pinnedFingerprintSha256 }).open(),
          'untrusted',
          'trust',
        );
        const steps: ConnectStep[] = [];
        const transport = await ftpFactory(server, {
          enableSsl: true,
          pinnedFingerprintSha256: server.fingerprintSha256,
        }).open({ onStep: (step) => steps.push(step) });
        await transport.close();
        const certificate = steps.find((step) => step.name === 'tls')?.certificate;
        expect(certificate).toMatchObject({ fingerprintSha256: server.fingerprintSha256 });
        expect(certificate?.subject).toContain('localhost');
        expect(certificate?.validToMs ?? 0).toBeGreaterThan(Date.now());
      });
    });
  });
}
