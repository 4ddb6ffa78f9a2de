import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { InitRequest } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { startPracticeSite } from '../../electron/practice/startPracticeSite.ts';
import { compileCache } from '../support/compileCache.ts';

export const repository = resolve(import.meta.dirname, '../..');
export const program = join(repository, 'electron/cli/branchline.ts');
export const password = 'open sesame Cn4ry7q9Zx';

export interface ProcessRun {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ProcessOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Fires to interrupt the process, as Ctrl-C does. */
  readonly interrupt?: AbortSignal;
}

/** A temporary folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'branchline-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a program of this repository as a process, without this machine's own settings. */
export function runProcess(command: readonly string[], options: ProcessOptions = {}): Promise<ProcessRun> {
  const [file = '', ...args] = command;
  const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env;
  const child = spawn(file, args, {
    cwd: repository,
    env: { PATH, HOME, TMPDIR, ...compileCache, ...options.env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  options.interrupt?.addEventListener('abort', () => child.kill('SIGINT'));
  child.stdin.end(options.stdin ?? '');
  return new Promise((finish, fail) => {
    child.on('error', fail);
    child.on('close', (exitCode) => finish({ exitCode, out, err }));
  });
}

/** One site's data directory, steered by the command line alone. */
export class OfficeSite {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
    this.env = { BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' };
  }

  run(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessRun> {
    return runProcess([process.execPath, program, '--data-dir', this.dataDir, ...args], {
      ...options,
      env: { ...this.env, ...options.env },
    });
  }

  /** Runs with `--json` and expects this exit code. */
  async ask(args: readonly string[], exitCode = 0): Promise<unknown> {
    const ran = await this.run([...args, '--json']);
    if (ran.exitCode !== exitCode)
      throw new Error(`${args.join(' ')}: ${ran.exitCode}\n${ran.out}\n${ran.err}`);
    const document: { value?: unknown } = JSON.parse(ran.out);
    return document.value;
  }

  /** As init, config set and channels add do, but without four processes. */
  async setUp(identity: InitRequest, port: number, secret = password): Promise<void> {
    const parts = { clock: systemClock, random: systemRandom, env: this.env };
    const engine = await openEngine({ ...parts, dataDir: this.dataDir });
    try {
      const made = await engine.init(identity);
      await engine.saveSettings({
        ...made,
        channels: ['daily-close'],
        ftp: { ...made.ftp, host: '127.0.0.1', port, username: 'office', connectTimeoutSeconds: 5 },
        delivery: { ...made.delivery, settleSeconds: 0 },
      });
      await engine.setPassword(secret);
    } finally {
      await engine.close();
    }
  }
}

/** A practice site that stops with the test. */
export async function startServer(root: string, faults?: PracticeFaults): Promise<number> {
  const site = await startPracticeSite({
    root,
    username: 'office',
    password,
    clock: systemClock,
    ...(faults === undefined ? {} : { faults }),
  });
  onTestFinished(() => site.stop());
  return site.port;
}
