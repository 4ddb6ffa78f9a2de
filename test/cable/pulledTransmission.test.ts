import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { LinkFault } from '../../build/bench/linkFault.ts';
import { answerTransmission } from '../../electron/cli/output/answerTransmission.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { exitCodes } from '../../shared/exitCodes.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { startPyftpdlib } from '../servers/startPyftpdlib.ts';
import { startVsftpd } from '../servers/startVsftpd.ts';
import { ftpWorld } from '../transport/contract/ftpWorld.ts';
import { openCableSite, sha256 } from './cableSite.ts';
import { cableSeed, cableTo, diceFor } from './proxy.ts';

const seed = cableSeed();
const contentBytes = 4_000_000;
/** Room for the packet's own frame, listings and receipts. */
const smallTalkBytes = 100_000;
/** Slow enough that little is on the way, and lost, when the line breaks: half a second in the line's own buffer. */
const bytesPerSecond = 8_000_000;
const lostBytes = 1_200_000;
/** Late enough that beginning anew would cost more than what is lost. */
const earliestBreak = 1_500_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-cable-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is there of the one file whose transfer broke off. */
async function sizeOfPart(folder: string): Promise<number> {
  const [part, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return part === undefined ? 0 : (await stat(join(folder, part))).size;
}

async function transmitWell(engine: Engine): Promise<void> {
  const result = await engine.transmit({ mode: 'full' });
  expect(answerTransmission(result).lines[0]).toMatch(/^Done: /);
}

interface Round {
  readonly server: FtpServer;
  /** Which of the two sites has the weak line. */
  readonly weak: 'sender' | 'receiver';
  readonly fault: LinkFault;
  /** The line stays broken until it is mended; otherwise it works again at once. */
  readonly lasting: boolean;
}

/** A store sends a large file to the central office, over a line that breaks in the middle of it. */
async function playRound({ server, weak, fault, lasting }: Round): Promise<void> {
  let broken = 0;
  let cleared = false;
  const cable = await cableTo(server, { bytesPerSecond, onFault: () => (broken += 1) });
  const folder = temporaryFolder();
  const homeDir = basename(folder);
  ftpWorld(server, { homeDir });
  const way = { homeDir, retries: 5 };
  const ports = weak === 'sender' ? [cable.port, server.port] : [server.port, cable.port];
  const [storePort = 0, centralPort = 0] = ports;
  const central = await openCableSite('central', folder, server, { ...way, port: centralPort });
  await transmitWell(central.engine);
  const store = await openCableSite('store', folder, server, { ...way, port: storePort });
  await transmitWell(store.engine);
  const content = randomBytes(contentBytes);
  await store.drop('takings.bin', content);
  if (weak === 'receiver') await transmitWell(store.engine);

  const engine = weak === 'sender' ? store.engine : central.engine;
  const moved = (): number => cable.counts().data[weak === 'sender' ? 'bytesUp' : 'bytesDown'];
  const atStart = moved();
  cable.weaken(({ channel }) => {
    if (broken === 0) return channel === 'data' ? fault : undefined;
    // A line that works again carries to the server that the old connections are over.
    if (!lasting && !cleared) void cable.clear();
    cleared = true;
    return lasting ? { ...fault, direction: 'up', afterBytes: 0, scope: 'connection' } : undefined;
  });
  const first = await engine.transmit({ mode: 'full' });
  expect(broken).toBeGreaterThan(0);
  if (lasting) {
    const { exitCode, error } = answerTransmission(first);
    expect([exitCodes.cannotConnect, exitCodes.partial]).toContain(exitCode);
    if (exitCode === exitCodes.cannotConnect) expect(error?.class).toBe('retry');
    expect(await central.arrived('0012')).toEqual(new Map());
    await cable.mend();
    const held = await sizeOfPart(
      weak === 'sender' ? join(server.homeOnDisk, homeDir, 'tmp') : join(folder, 'central', 'inbox'),
    );
    expect(held).toBeGreaterThan(0);
    const atMending = moved();
    await transmitWell(engine);
    expect(moved() - atMending).toBeLessThan(contentBytes - held + smallTalkBytes);
  } else {
    expect(answerTransmission(first).lines[0]).toMatch(/^Done: /);
  }
  // Only what was on the way went over the line twice.
  expect(moved() - atStart).toBeLessThan(contentBytes + lostBytes);
  if (weak === 'sender') await transmitWell(central.engine);
  expect(await central.arrived('0012')).toEqual(new Map([['takings.bin', sha256(content)]]));
}

/** The line works again, but the server never heard that the old connection is over. */
async function playHeldFile(server: FtpServer): Promise<void> {
  let broken = 0;
  const cable = await cableTo(server, { bytesPerSecond, onFault: () => (broken += 1) });
  const folder = temporaryFolder();
  const way = { homeDir: basename(folder), retries: 1 };
  ftpWorld(server, { homeDir: way.homeDir });
  const central = await openCableSite('central', folder, server, { ...way, port: server.port });
  await transmitWell(central.engine);
  const store = await openCableSite('store', folder, server, { ...way, port: cable.port });
  await transmitWell(store.engine);
  const content = randomBytes(contentBytes);
  await store.drop('takings.bin', content);

  const fault: LinkFault = { kind: 'stall', direction: 'up', afterBytes: earliestBreak, scope: 'link' };
  cable.weaken(({ channel }) => (broken === 0 && channel === 'data' ? fault : undefined));
  const first = answerTransmission(await store.engine.transmit({ mode: 'full' }));
  expect([exitCodes.done, exitCodes.cannotConnect, exitCodes.partial]).toContain(first.exitCode);
  await cable.mend();
  store.engine.queueRetry();
  await transmitWell(store.engine);
  await transmitWell(central.engine);
  expect(await central.arrived('0012')).toEqual(new Map([['takings.bin', sha256(content)]]));
}

function suite(name: 'pyftpdlib' | 'vsftpd', start: () => Promise<FtpServer>): void {
  describeWithServer(name, `a transmission over a pulled cable to ${name}`, () => {
    let server: FtpServer | undefined;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server?.stop());

    const running = (): FtpServer => {
      if (server === undefined) throw new Error('The server has not started.');
      return server;
    };

    // vsftpd keeps the file locked until it gives the old session up, and lets a second upload wait.
    test('a server that still holds the broken file: the run ends in time, and nothing is lost', async () => {
      await playHeldFile(running());
    });

    for (const weak of ['sender', 'receiver'] as const) {
      for (const kind of ['cut', 'close', 'stall'] as const) {
        for (const lasting of [true, false]) {
          const title = lasting
            ? `a ${kind} for good at the ${weak}: the run is a retry, and the next one continues`
            : `a short ${kind} at the ${weak}: the same run continues`;
          test(title, async () => {
            const dice = diceFor(seed, `${name} ${title}`);
            const afterBytes = earliestBreak + dice.below(contentBytes - earliestBreak);
            const direction = weak === 'sender' ? 'up' : 'down';
            await playRound({
              server: running(),
              weak,
              lasting,
              fault: { kind, direction, afterBytes, scope: 'link' },
            });
          });
        }
      }
    }
  });
}

suite('pyftpdlib', () => startPyftpdlib());
suite('vsftpd', () => startVsftpd());
