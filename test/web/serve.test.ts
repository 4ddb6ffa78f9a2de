import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { socketPath } from '../../electron/engine/host/socketPath.ts';
import { startEngine } from '../../electron/engine/host/startEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { linesToSocket } from '../../electron/web/socketLine.ts';
import { ask, closeCode, dialOpen, enter, nextMessage } from './webHostFixture.ts';

const root = resolve(import.meta.dirname, '../..');

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function engineIn(folder: string) {
  const engine = await startEngine({
    dataDir: folder,
    version: '1.2.3',
    clock: systemClock,
    random: systemRandom,
    env: {},
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await engine.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { close };
}

/** `branchline serve` as a process. */
async function serve(folder: string) {
  const program = join(root, 'electron/cli/branchline.ts');
  const child = spawn(process.execPath, [program, 'serve', '--data-dir', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = new Promise<number | null>((finish) => child.once('close', finish));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  const address = await nextLine();
  return { child, ended, nextLine, address, port: Number(new URL(address).port) };
}

async function openPage(address: string) {
  const entered = await enter(address);
  const socket = await dialOpen(new URL(address).origin, entered);
  return { socket, entered };
}

describe('branchline serve', () => {
  test('it prints an address, then the next one; the engine answers; Ctrl-C ends it politely', async () => {
    const { child, ended, nextLine, address, port } = await serve(dataDir());
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const { cookie, folder } = await enter(address);
    expect(await ask(port, folder, { headers: { cookie } })).toMatchObject({ status: 200 });
    const next = await nextLine();
    expect(new URL(next).origin).toBe(new URL(address).origin);
    expect(next).not.toBe(address);
    const { socket } = await openPage(next);
    expect(JSON.parse(await nextMessage(socket))).toMatchObject({ kind: 'hello', contractVersion: 1 });
    const lost = closeCode(socket);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await lost).toBe(1006);
  });

  test('it uses the engine that runs, and runs one itself when that one ends', async () => {
    const folder = dataDir();
    const engine = await engineIn(folder);
    const { child, ended, address } = await serve(folder);
    const { socket, entered } = await openPage(address);
    expect(JSON.parse(await nextMessage(socket))).toMatchObject({ version: '1.2.3' });
    const lost = closeCode(socket);
    await engine.close();
    expect(await lost).toBe(1012);
    const again = await dialOpen(new URL(address).origin, entered);
    const hello = JSON.parse(await nextMessage(again));
    expect(hello).toMatchObject({ kind: 'hello' });
    expect(hello.version).not.toBe('1.2.3');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

describe('a line to the socket', () => {
  test('it carries messages both ways and tells of its end', async () => {
    const folder = dataDir();
    const engine = await engineIn(folder);
    const heard: string[] = [];
    let isOver = false;
    const line = await linesToSocket(socketPath(folder))({
      onMessage: (text) => heard.push(text),
      onClose: () => {
        isOver = true;
      },
    });
    line.send(JSON.stringify({ id: 7, call: 'queue.list', input: {} }));
    await expect
      .poll(() => heard.map((text) => JSON.parse(text)), { timeout: 10_000 })
      .toContainEqual({
        kind: 'answer',
        id: 7,
        ok: true,
        value: [],
      });
    await engine.close();
    await expect.poll(() => isOver, { timeout: 10_000 }).toBe(true);
  });

  test('where nobody listens it says so', async () => {
    const end = { onMessage: () => undefined, onClose: () => undefined };
    await expect(linesToSocket(socketPath(dataDir()))(end)).rejects.toThrow('does not answer');
  });
});
