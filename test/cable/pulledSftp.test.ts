import { afterAll, beforeAll } from 'vitest';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { type Sshd, startSshd } from '../servers/startSshd.ts';
import type { ContractWorld } from '../transport/contract/contractWorld.ts';
import { serverWorld } from '../transport/contract/ftpWorld.ts';
import { sftpFactory } from '../transport/contract/sftpWorld.ts';
import { cableSeed } from './proxy.ts';
import { pulledCable } from './pulledCable.ts';

const seed = cableSeed();

describeWithServer('OpenSSH', 'the pulled cable to OpenSSH', () => {
  let running: { readonly server: Sshd; readonly world: ContractWorld } | undefined;
  const get = () => {
    if (running === undefined) throw new Error('The server has not started.');
    return running;
  };
  beforeAll(async () => {
    const server = await startSshd();
    running = { server, world: serverWorld(server, sftpFactory(server), '') };
  });
  afterAll(() => running?.world.stop());
  pulledCable('OpenSSH', {
    seed,
    rounds: 4,
    // One connection carries everything; it may break anywhere in the log-in or the file.
    spots: [{ title: 'the connection', channel: 'control', bytesUp: 3_000_000, bytesDown: 3_000_000 }],
    settings: () => ({}),
    // The key is trusted for the server's port; the line has another one.
    factory: (settings) => {
      const { identities } = get().server;
      const trusted = identities.map((identity) => ({ ...identity, port: settings.port ?? identity.port }));
      return sftpFactory(get().server, { ...settings, trusted });
    },
    world: () => get().world,
    server: () => get().server,
  });
});
