import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { FtpServer } from '../servers/ftpServer.ts';

const channel = 'daily-close';

/** A site of an office whose line may break. */
export interface CableSite {
  readonly engine: Engine;
  drop(name: string, content: Buffer): Promise<void>;
  /** The names and hashes of everything that came from a site. */
  arrived(from: string): Promise<Map<string, string>>;
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The central office, or the store 0012. The port may be a line's. */
export async function openCableSite(
  role: 'central' | 'store',
  folder: string,
  server: FtpServer,
  way: { readonly port: number; readonly homeDir: string; readonly retries: number },
): Promise<CableSite> {
  const dataDir = join(folder, role);
  const engine = await openEngine({
    dataDir,
    clock: systemClock,
    random: systemRandom,
    env: { BRANCHLINE_PASSWORD: server.password },
  });
  onTestFinished(() => engine.close());
  const settings = await engine.init(
    role === 'central' ? { role, name: 'Head office' } : { role, storeNumber: '0012', name: 'Riverside' },
  );
  await engine.saveSettings({
    ...settings,
    channels: [channel],
    ftp: {
      ...settings.ftp,
      host: server.host,
      port: way.port,
      homeDir: way.homeDir,
      username: server.username,
      connections: 1,
      connectTimeoutSeconds: 1,
      replyTimeoutSeconds: 2,
      stallTimeoutSeconds: 1,
    },
    delivery: {
      ...settings.delivery,
      retries: way.retries,
      settleSeconds: 0,
      firstRetrySeconds: 0.1,
      longestRetrySeconds: 0.1,
    },
  });
  return {
    engine,
    async drop(name, content) {
      const outgoing = join(dataDir, 'outgoing', channel);
      await mkdir(outgoing, { recursive: true });
      await writeFile(join(outgoing, name), content);
    },
    async arrived(from) {
      const incoming = join(dataDir, 'incoming', channel, from);
      const names = await readdir(incoming).catch(() => []);
      return new Map(
        await Promise.all(
          names.map(async (name) => [name, sha256(await readFile(join(incoming, name)))] as const),
        ),
      );
    },
  };
}
