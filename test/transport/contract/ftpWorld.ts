import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock } from '../../../electron/platform/clock.ts';
import { createFtpTransportFactory } from '../../../electron/transport/ftp/ftpTransportFactory.ts';
import type { TransportFactory } from '../../../electron/transport/transport.ts';
import { type FtpConfiguration, ftpConfigurationSchema } from '../../../shared/settings.ts';
import type { FtpServer } from '../../servers/ftpServer.ts';
import { account } from '../../servers/launchFtpServer.ts';
import type { ContractWorld } from './contractWorld.ts';

/** An FTP Configuration for a test server; what is not given is as a person would leave it. */
export type FtpSettings = Partial<FtpConfiguration> & { readonly password?: string };

/** A factory for the server's account, with some settings of its own. */
export function ftpFactory(server: FtpServer, settings: FtpSettings = {}): TransportFactory {
  const { password = server.password, ...configuration } = settings;
  const ftp = ftpConfigurationSchema.parse({
    host: server.host,
    port: server.port,
    username: server.username,
    connectTimeoutSeconds: 15,
    replyTimeoutSeconds: 15,
    stallTimeoutSeconds: 15,
    ...configuration,
  });
  return createFtpTransportFactory({ ftp, password, clock: systemClock });
}

/** Gives what a test made on the disk to the server's account. */
function handOver(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, account.uid, account.gid);
}

function makeHome(homeOnDisk: string, homeDir: string): string {
  const home = join(homeOnDisk, homeDir);
  mkdirSync(home, { recursive: true });
  for (let path = home; path.length > homeOnDisk.length; path = dirname(path)) handOver(path);
  return home;
}

/** The contract's world around a running server, whose files are looked at on the disk. */
export function ftpWorld(server: FtpServer, settings: FtpSettings = {}): ContractWorld {
  return serverWorld(server, ftpFactory(server, settings), settings.homeDir ?? '');
}

/** The same, with a factory of any kind. */
export function serverWorld(server: FtpServer, factory: TransportFactory, homeDir: string): ContractWorld {
  const home = makeHome(server.homeOnDisk, homeDir);
  return {
    factory,
    read: (path) =>
      readFile(join(home, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }),
    async put(path, content) {
      writeFileSync(join(home, path), content);
      handOver(join(home, path));
    },
    stop: () => server.stop(),
  };
}
