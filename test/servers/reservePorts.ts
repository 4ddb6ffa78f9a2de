import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

// Below the range from which Linux hands out ports for outgoing connections, so that none can take ours.
const firstPort = 20_000;
const lastPort = 31_999;
const blockSize = 128;
const blockCount = Math.floor((lastPort - firstPort + 1) / blockSize);

/** A run of neighbouring ports: one to listen on, the rest for passive data connections. */
export interface PortBlock {
  readonly control: number;
  readonly passiveFrom: number;
  readonly passiveThrough: number;
  release(): Promise<void>;
}

function listen(server: Server, where: string | { port: number; host: string }): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(where, () => resolve(true));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const free = await listen(probe, { port, host: '127.0.0.1' });
  if (free) await close(probe);
  return free;
}

/**
 * Reserves a block of ports among all test processes of this machine.
 *
 * Promise: two processes never hold the same block; a process that dies gives its blocks back, because the
 *          reservation is a socket in Linux's abstract namespace and not a file.
 */
export async function reservePorts(): Promise<PortBlock> {
  const start = randomInt(blockCount);
  for (let step = 0; step < blockCount; step += 1) {
    const base = firstPort + ((start + step) % blockCount) * blockSize;
    const lock = createServer();
    lock.unref();
    if (!(await listen(lock, `\0branchline-test-ports-${base}`))) continue;
    if ((await isFree(base)) && (await isFree(base + 1)) && (await isFree(base + blockSize - 1))) {
      return {
        control: base,
        passiveFrom: base + 1,
        passiveThrough: base + blockSize - 1,
        release: () => close(lock),
      };
    }
    await close(lock);
  }
  throw new Error(`No block of ${blockSize} free ports between ${firstPort} and ${lastPort}.`);
}
