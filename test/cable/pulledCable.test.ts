import { afterAll, beforeAll } from 'vitest';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import type { ServerName } from '../servers/serverAvailability.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { startPyftpdlib } from '../servers/startPyftpdlib.ts';
import { startVsftpd } from '../servers/startVsftpd.ts';
import type { ContractWorld } from '../transport/contract/contractWorld.ts';
import { ftpWorld } from '../transport/contract/ftpWorld.ts';
import { cableSeed } from './proxy.ts';
import { clearSpots, type PulledCableOptions, pulledCable, type WeakSpot } from './pulledCable.ts';

const seed = cableSeed();

function suite(
  server: ServerName,
  how: string,
  start: () => Promise<FtpServer>,
  options: Pick<PulledCableOptions, 'spots' | 'settings'>,
): void {
  describeWithServer(server, `the pulled cable to ${server}, ${how}`, () => {
    let running: { readonly server: FtpServer; readonly world: ContractWorld } | undefined;
    const get = () => {
      if (running === undefined) throw new Error('The server has not started.');
      return running;
    };
    beforeAll(async () => {
      const started = await start();
      running = { server: started, world: ftpWorld(started) };
    });
    afterAll(() => running?.world.stop());
    pulledCable(`${server}, ${how}`, {
      ...options,
      seed,
      rounds: 4,
      world: () => get().world,
      server: () => get().server,
    });
  });
}

const clear = { spots: clearSpots, settings: () => ({}) };
suite('pyftpdlib', 'in clear', () => startPyftpdlib(), clear);
suite('vsftpd', 'in clear', () => startVsftpd(), clear);
suite('ProFTPD', 'in clear', () => startProftpd(), clear);

/** Over TLS the line cannot see where data connections go: they take a sound way. */
const tlsSpots: readonly WeakSpot[] = [
  { title: 'the control connection', channel: 'control', bytesUp: 1500, bytesDown: 4000 },
];
suite('ProFTPD', 'with TLS', () => startProftpd({ tls: 'required' }), {
  spots: tlsSpots,
  settings: ({ fingerprintSha256 }) => ({ enableSsl: true, pinnedFingerprintSha256: fingerprintSha256 }),
});
