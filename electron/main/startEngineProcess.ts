import { spawn } from 'node:child_process';
import type { EngineChild } from './keepEngine.ts';

export interface EngineProgram {
  /** The Node beside Electron; Electron's own has another TLS library (see build/decisions/0002). */
  readonly node: string;
  readonly script: string;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts the engine as a process of its own, which ends with the shell. */
export function startEngineProcess({ node, script, dataDir, env }: EngineProgram): EngineChild {
  // It ends when its standard input does, however the shell ends.
  const child = spawn(node, [script, '--data-dir', dataDir, '--end-with-stdin'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env,
    windowsHide: true,
  });
  // When it is gone, writing to it is no error.
  child.stdin.on('error', () => undefined);
  return {
    ended: new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    }),
    stop: () => child.stdin.end(),
  };
}
