import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { compileCache } from '../support/compileCache.ts';

const repository = resolve(import.meta.dirname, '../..');
const starter = join(repository, 'electron/cli/branchline.ts');
const engineMain = join(repository, 'electron/engine/engineMain.ts');

/** Passwords go into a vault of the data directory: no keychain of this machine is touched. */
export const vaultVariables = { BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' } as const;

export interface RunningProgram {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does, and waits. Calling twice is fine. */
  stop(): Promise<void>;
}

export interface WebProgram extends RunningProgram {
  /** The address that opens now; each opens once. */
  address(): string;
}

function start(script: string, args: readonly string[]): RunningProgram {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: repository,
    env: { PATH, HOME, ...compileCache, ...vaultVariables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'exit');
  return {
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
    },
  };
}

/** Resolves when the program has printed what is looked for. */
function printed(program: RunningProgram, isThere: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (isThere()) resolve();
    };
    program.process.stdout?.on('data', look);
    program.process.stderr?.on('data', look);
    program.process.once('exit', () => reject(new Error(`It ended:\n${program.output()}`)));
  });
}

/** Starts `branchline serve` on a data directory, and waits for its address. */
export async function spawnWebProgram(dataDir: string): Promise<WebProgram> {
  const program = start(starter, ['--data-dir', dataDir, 'serve', '--port', '0']);
  const addresses = () => program.output().match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/g) ?? [];
  await printed(program, () => addresses().length > 0);
  return { ...program, address: () => addresses().at(-1) ?? '' };
}

/** Starts the engine as a process of its own, as the desktop program does, and waits until it says so. */
export async function spawnEngine(dataDir: string): Promise<RunningProgram> {
  const program = start(engineMain, ['--data-dir', dataDir]);
  await printed(program, () => true);
  return program;
}
