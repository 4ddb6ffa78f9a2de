import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export interface Measured {
  /** From before the process is started until it has ended. */
  readonly seconds: number;
  /** The largest resident size of the process, as the kernel keeps it; 0 where the system does not tell. */
  readonly peakBytes: number;
  readonly output: string;
}

const sampleMs = 20;
const longestOutput = 20_000;

/** VmHWM only grows, so the last sample is the peak but for the last moment of the process. */
function peakOf(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/**
 * Runs a program to its end.
 *
 * Errors: Error with its last words when the exit code is not 0.
 */
export async function measureProcess(command: Command): Promise<Measured> {
  const { PATH = '' } = process.env;
  const startedMs = performance.now();
  const child = spawn(command.program, command.args, {
    env: { PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8', ...command.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-longestOutput);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.end(command.stdin ?? '');
  let peakBytes = 0;
  const sampler = setInterval(() => {
    if (child.pid !== undefined) peakBytes = Math.max(peakBytes, peakOf(child.pid));
  }, sampleMs);
  try {
    await once(child, 'close');
  } finally {
    clearInterval(sampler);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  if (child.exitCode !== 0) {
    throw new Error(
      `${command.program} ended with ${child.exitCode ?? child.signalCode}: ${output.slice(-2000)}`,
    );
  }
  return { seconds, peakBytes, output };
}
