import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine, InitRequest } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { type Clock, systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { PracticeCommand, PracticeFault } from '../../electron/practice/practiceFault.ts';
import { type PracticeTls, startPracticeSite } from '../../electron/practice/startPracticeSite.ts';
import type { FtpConfiguration, Settings } from '../../shared/settings.ts';

export const password = 'proof Cn4ry7q9Zx 8112';
const vault = { BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' } as const;

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'branchline-sites-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server that counts what it is told, and misbehaves as `fault` says. */
export interface CountingServer {
  readonly port: number;
  readonly root: string;
  /** How often this command came since the last `forget`. */
  count(verb: string): number;
  forget(): void;
  fault: ((command: PracticeCommand) => PracticeFault | undefined) | undefined;
  stop(): Promise<void>;
}

export async function startCountingServer(
  options: { readonly tls?: PracticeTls; readonly root?: string } = {},
): Promise<CountingServer> {
  const root = options.root ?? join(temporaryFolder(), 'server');
  mkdirSync(root, { recursive: true });
  const seen: string[] = [];
  const counting = { fault: undefined } as Pick<CountingServer, 'fault'>;
  const site = await startPracticeSite({
    root,
    username: 'office',
    password,
    clock: systemClock,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    faults(command) {
      seen.push(command.verb);
      return counting.fault?.(command);
    },
  });
  onTestFinished(() => site.stop());
  return Object.assign(counting, {
    port: site.port,
    root,
    count: (verb: string) => seen.filter((one) => one === verb).length,
    forget: () => void seen.splice(0),
    stop: () => site.stop(),
  });
}

/** A site of its own, set up but without a server. */
export async function openSite(
  identity: InitRequest,
  clock: Clock = systemClock,
): Promise<{ readonly engine: Engine; readonly made: Settings; readonly dataDir: string }> {
  const dataDir = join(temporaryFolder(), 'data');
  const engine = await openEngine({ dataDir, clock, random: systemRandom, env: vault });
  onTestFinished(() => engine.close());
  return { engine, made: await engine.init(identity), dataDir };
}

export const central: InitRequest = { role: 'central', name: 'Head office' };
export const store: InitRequest = { role: 'store', storeNumber: '0012', name: 'Riverside' };

export function withServer(settings: Settings, port: number, ftp: Partial<FtpConfiguration> = {}): Settings {
  return {
    ...settings,
    channels: ['daily-close'] as unknown as Settings['channels'], // A valid channel name; the engine checks it again.
    ftp: { ...settings.ftp, host: '127.0.0.1', port, username: 'office', ...ftp },
    delivery: { ...settings.delivery, settleSeconds: 0, firstRetrySeconds: 0, longestRetrySeconds: 0 },
  };
}
