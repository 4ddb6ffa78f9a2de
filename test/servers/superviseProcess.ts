import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { canIsolate } from './serverAvailability.ts';

export interface SupervisedProcess {
  /** The last of what it wrote, for error messages. */
  output(): string;
  readonly exited: boolean;
  stop(): Promise<void>;
}

// A shell as the namespace's first process inherits the orphans of sessions: vsftpd crashes when it has to.
const init = ['sh', '-c', '"$@"; exit $?', 'sh'];

/**
 * Starts a server so that nothing of it outlives the tests.
 *
 * Promise: where `canIsolate` the server runs in a process namespace and mount namespace of its own: when that
 *          ends, or when this process dies in any way, the kernel kills all its sessions with it. Elsewhere the
 *          kernel kills the server alone; its sessions end with their connections.
 */
export function superviseProcess(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SupervisedProcess {
  const isolated = canIsolate();
  const wrapper = isolated
    ? ['--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child=KILL', '--', ...init]
    : ['--pdeathsig', 'KILL', '--'];
  const { PATH = '' } = process.env;
  const child = spawn('setpriv', [...wrapper, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, LC_ALL: 'C.UTF-8', ...env },
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  return {
    output: () => output,
    get exited() {
      return hasExited(child);
    },
    async stop() {
      if (!hasExited(child) && child.pid !== undefined) {
        // Killing the namespace's first process, not `unshare`, makes `unshare` wait until all are gone.
        const inner = isolated ? onlyChildOf(child.pid) : undefined;
        if (inner === undefined) child.kill('SIGKILL');
        else process.kill(inner, 'SIGKILL');
      }
      await ended;
    },
  };
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function onlyChildOf(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return /^\d+$/.test(children) ? Number(children) : undefined;
  } catch {
    return undefined;
  }
}

/** Asks the kernel, because a trial connection would count on a server that allows only so many. */
function isListening(port: number): boolean {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .some((line) => line.includes(` ${address} 00000000:0000 0A `));
}

/** Waits until the server takes connections at its port. */
export async function waitUntilServing(supervised: SupervisedProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 1000 && !supervised.exited; attempt += 1) {
    if (isListening(port)) return;
    await delay(10);
  }
  await supervised.stop();
  throw new Error(`The server did not start. It said: ${supervised.output().trim()}`);
}
