import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine, InitRequest } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { FtpConfiguration, Settings } from '../../shared/settings.ts';
import { temporaryFolder } from './program.ts';
import { vaultVariables } from './spawnProgram.ts';

/** The one account of a server, and where it listens. */
export interface ServerAccount {
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export interface SiteParts {
  readonly identity: InitRequest;
  readonly server?: ServerAccount;
  readonly ftp?: Partial<FtpConfiguration>;
  readonly delivery?: Partial<Settings['delivery']>;
}

export const centralSite: InitRequest = { role: 'central', name: 'Head office' };
const riverside: InitRequest = { role: 'store', storeNumber: '0012', name: 'Riverside' };

/** Sets a site up without windows, in a data directory of its own, for tests of what comes after. */
export async function setUpSite({ identity, server, ftp, delivery }: SiteParts): Promise<string> {
  const dataDir = join(temporaryFolder(), 'data');
  const engine = await openSite(dataDir);
  try {
    const made = await engine.init(identity);
    const { port = 21, username = '' } = server ?? {};
    await engine.saveSettings({
      ...made,
      channels: ['daily-close'],
      ftp: {
        ...made.ftp,
        ...(server === undefined ? {} : { host: '127.0.0.1', port, username }),
        ...ftp,
      },
      delivery: { ...made.delivery, settleSeconds: 0, ...delivery },
      dropFolders: { ...made.dropFolders, settleSeconds: 0 },
    });
    if (server !== undefined) await engine.setPassword(server.password);
  } finally {
    await engine.close();
  }
  return dataDir;
}

/** A store that belongs to an office already: its central site has been there, and knows it. */
export async function setUpJoinedStore(
  server: ServerAccount,
  ftp?: Partial<FtpConfiguration>,
): Promise<string> {
  const central = await setUpSite({ identity: centralSite, server });
  const store = await setUpSite({ identity: riverside, server, ...(ftp === undefined ? {} : { ftp }) });
  for (const dataDir of [central, store, central]) {
    const engine = await openSite(dataDir);
    try {
      const { outcome, error } = await engine.transmit({ mode: 'full' });
      if (outcome !== 'done') throw new Error(error?.message ?? outcome);
    } finally {
      await engine.close();
    }
  }
  return store;
}

function openSite(dataDir: string): Promise<Engine> {
  return openEngine({ clock: systemClock, random: systemRandom, env: vaultVariables, dataDir });
}

/** Puts a file where a person would. */
export function dropFile(dataDir: string, path: string, content: string | Buffer): void {
  const target = join(dataDir, 'outgoing', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
