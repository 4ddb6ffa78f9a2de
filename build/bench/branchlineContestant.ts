import { link, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Contestant, Trial } from './contestant.ts';
import { type Measured, measureProcess } from './measureProcess.ts';

/** The built program: what is installed at a site. */
const program = resolve(import.meta.dirname, '../../dist/cli/branchline.js');
const channel = 'daily-close';

/** One site's data directory and the program that works in it. */
class Site {
  readonly dataDir: string;
  readonly #password: string;

  constructor(dataDir: string, password: string) {
    this.dataDir = dataDir;
    this.#password = password;
  }

  run(args: readonly string[], stdin?: string): Promise<Measured> {
    return measureProcess({
      program: process.execPath,
      args: [program, '--data-dir', this.dataDir, ...args],
      env: { BRANCHLINE_VAULT_KEY: 'a key for this bench only' },
      ...(stdin === undefined ? {} : { stdin }),
    });
  }

  async setUp(identity: readonly string[], trial: Trial): Promise<void> {
    const { server } = trial;
    await this.run(['init', ...identity]);
    await this.run([
      'config',
      'set',
      `ftp.host=${server.host}`,
      `ftp.port=${server.port}`,
      `ftp.username=${server.username}`,
      `ftp.homeDir=${trial.remoteFolder}`,
      'delivery.settleSeconds=0',
    ]);
    await this.run(['config', 'set', 'ftp.password', '--password-stdin'], `${this.#password}\n`);
    await this.run(['channels', 'add', channel]);
  }
}

/**
 * Two sites of one office, set up and known to each other: a store that has files and the central site that
 * gets them. Each side is one whole transmission of a real process, with everything that belongs to it.
 */
export function branchline(): Contestant {
  return {
    name: 'Branchline',
    way: 'its defaults, settle 0',
    async prepare(trial) {
      const { files, scratch, server } = trial;
      const central = new Site(join(scratch, 'central'), server.password);
      const store = new Site(join(scratch, 'store'), server.password);
      await central.setUp(['--role', 'central', '--name', 'Head office'], trial);
      await store.setUp(['--role', 'store', '--number', '0012', '--name', 'Riverside'], trial);
      for (const site of [central, store, central, store]) await site.run(['transmit']);
      const outgoing = join(store.dataDir, 'outgoing', channel);
      await mkdir(outgoing, { recursive: true });
      for (const name of files.names) await link(join(files.folder, name), join(outgoing, name));
      return {
        send: () => store.run(['transmit']),
        receive: () => central.run(['transmit']),
        receivedIn: async () => join(central.dataDir, 'incoming', channel, '0012'),
      };
    },
  };
}
