import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
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

/** Resolves with the first bytes that the server sends, or '' for one that waits for TLS; rejects when refused. */
function greet(port: number, silent: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(2000, () => socket.destroy(new Error('no greeting')));
    socket.on('error', reject);
    socket.on('close', () => resolve());
    if (silent) socket.once('connect', () => socket.destroy());
    // Leaving politely frees the place at once on a server that counts its clients.
    else socket.once('data', () => socket.end('QUIT\r\n')).resume();
  });
}

/** Waits until the server answers on its port. */
export async function waitUntilServing(
  supervised: SupervisedProcess,
  port: number,
  options: { readonly silent: boolean },
): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (supervised.exited) break;
    try {
      await greet(port, options.silent);
      if (!supervised.exited) return;
    } catch {
      await delay(25);
    }
  }
  await supervised.stop();
  throw new Error(`The server did not start. It said: ${supervised.output().trim()}`);
}
