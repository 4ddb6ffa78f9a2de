import { spawn } from 'node:child_process';
import { onTestFailed, onTestFinished } from 'vitest';
import { compileCache } from '../support/compileCache.ts';
import { type OfficeSite, program, repository } from './officeProcess.ts';

export interface EngineProcess {
  readonly pid: number;
  /** All it wrote to standard error so far. */
  text(): string;
  /** Resolves when it has written this; rejects with all it wrote when it ends before. */
  said(words: string | RegExp): Promise<void>;
  /** Sends a signal and resolves with the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

/** `branchline engine` of a site as a process, killed with the test if it still runs. */
export function startEngineProcess(
  site: OfficeSite,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): EngineProcess {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, [program, '--data-dir', site.dataDir, 'engine', ...args], {
    cwd: repository,
    env: { PATH, HOME, TMPDIR, ...compileCache, ...site.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  let onText: (() => void) | undefined;
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    onText?.();
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const has = (words: string | RegExp) =>
    typeof words === 'string' ? text.includes(words) : words.test(text);
  return {
    pid: child.pid ?? 0,
    text: () => text,
    ended,
    said: (words) =>
      new Promise((resolve, reject) => {
        onText = () => {
          if (has(words)) resolve();
        };
        onText();
        void ended.then((code) => reject(new Error(`It ended with ${code} and said only:\n${text}`)));
        onTestFailed(() => console.error(`Waited for ${words}; the engine said:\n${text}`));
      }),
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
