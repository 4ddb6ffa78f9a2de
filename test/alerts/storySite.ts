import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import type { FakeClock } from '../support/fakeClock.ts';

const env = { BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' };

export interface StorySite {
  readonly dataDir: string;
  readonly engine: Engine;
  /** Closes the engine and opens it anew, as after a restart of the machine. */
  restart(): Promise<void>;
  /** Puts a file into the outgoing folder and transmits. */
  send(name: string): Promise<TransmissionResult>;
  close(): Promise<void>;
}

type Init = Parameters<Engine['init']>[0];

/** A site on a real server, with a clock of the test's own; closed and removed with the test. */
export async function openStorySite(
  server: FtpServer,
  clock: FakeClock,
  init: Init,
  settings: Record<string, unknown> = {},
): Promise<StorySite> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'branchline-story-')));
  const open = () => openEngine({ dataDir, clock, random: systemRandom, env });
  let engine = await open();
  const made = await engine.init(init);
  await engine.saveSettings({
    ...made,
    channels: ['daily-close'],
    ftp: { host: server.host, port: server.port, username: server.username, homeDir: '/', connections: 1 },
    delivery: { settleSeconds: 0 },
    ...settings,
  });
  await engine.setPassword(server.password);
  let closed = false;
  const close = async () => {
    if (!closed) await engine.close();
    closed = true;
  };
  onTestFinished(async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    dataDir,
    get engine() {
      return engine;
    },
    async restart() {
      await engine.close();
      engine = await open();
    },
    async send(name) {
      const folder = join(dataDir, 'outgoing', 'daily-close');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), `content of ${name}`);
      return await engine.transmit({ mode: 'full' });
    },
    close,
  };
}
