import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { connectTo } from '../../electron/engine/connectTo.ts';
import { type Clock, systemClock } from '../../electron/platform/clock.ts';
import { isUsableName } from '../../electron/transport/listingLimits.ts';
import type { Transport } from '../../electron/transport/transport.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { ftpConfigurationSchema } from '../../shared/settings.ts';
import { type Chance, chanceOf } from './chance.ts';
import { seed } from './fuzzTest.ts';
import { startNonsenseServer } from './nonsenseServer.ts';

const sessions = Number(process.env['FUZZ_SESSIONS'] ?? 2000);
/** Many at once: most of the time each waits for something that never comes. */
const atOnce = 24;
/** Far beyond what all time-outs of one call add up to. */
const longestCallMs = 30_000;
const password = 'open sesame Cn4ry7q9Zx';

/** The time-outs of minutes pass in a fraction of a second. */
const hastyClock: Clock = {
  ...systemClock,
  after: (ms, callback) => systemClock.after(ms / 20, callback),
  sleep: (ms, signal) => systemClock.sleep(ms / 20, signal),
};

interface Tally {
  opened: number;
  results: number;
  refusals: number;
  lies: number;
}

/** The outcome within the bounds; anything but a result or an ExchangeError is a fault. */
async function within<T>(what: string, tally: Tally, work: Promise<T>): Promise<T | undefined> {
  const late = Symbol(what);
  const { promise, resolve } = Promise.withResolvers<typeof late>();
  const stop = systemClock.after(longestCallMs, () => resolve(late));
  try {
    const outcome = await Promise.race([work, promise]);
    if (outcome === late) throw new Error(`${what} did not end.`);
    tally.results += 1;
    // What is not the mark of lateness is the work's result.
    return outcome as T;
  } catch (error) {
    if (!(error instanceof ExchangeError))
      throw new Error(`${what} threw ${String(error)}`, { cause: error });
    tally.refusals += 1;
    const shown = JSON.stringify(error.report()) + (error.reply ?? '');
    if (shown.includes(password)) throw new Error(`${what} shows the password.`, { cause: error });
    expect(shown.length).toBeLessThan(4000);
    return undefined;
  } finally {
    stop();
  }
}

async function callSomething(transport: Transport, chance: Chance, tally: Tally): Promise<void> {
  const path = chance.pick(['a.txt', 'stores/0012/é.txt', 'tmp/b', 'central/-x [1]']);
  const call = chance.pick([
    'list',
    'fileSize',
    'modifiedTime',
    'upload',
    'download',
    'rename',
    'remove',
    'makeFolder',
    'removeFolder',
  ] as const);
  switch (call) {
    case 'list': {
      const entries = await within(call, tally, transport.list(chance.pick(['', 'stores', 'a b'])));
      for (const entry of entries ?? []) expect(isUsableName(entry.name)).toBe(true);
      return;
    }
    case 'fileSize': {
      const size = await within(call, tally, transport.fileSize(path));
      expect(size === undefined || Number.isSafeInteger(size)).toBe(true);
      return;
    }
    case 'upload': {
      const bytes = chance.random.bytes(chance.below(100_000));
      const source = {
        sizeBytes: bytes.length,
        open: (offset: number) => Readable.from([bytes.subarray(offset)], { objectMode: false }),
      };
      await within(call, tally, transport.upload(path, source, chance.percent(20) ? { offset: 5 } : {}));
      return;
    }
    case 'download': {
      let received = 0;
      const sink = {
        write: async (chunk: Buffer) => {
          received += chunk.length;
        },
      };
      const expected = chance.percent(50) ? { expectedBytes: 5 } : {};
      const count = await within(
        call,
        tally,
        transport.download(path, sink, { ...expected, offset: chance.pick([0, 2]) }),
      );
      if (count !== undefined) expect(count).toBe(received);
      if ('expectedBytes' in expected) expect(received).toBeLessThanOrEqual(5);
      return;
    }
    case 'rename':
      await within(call, tally, transport.rename(path, 'central/x.tar.zst'));
      return;
    default:
      await within<unknown>(call, tally, transport[call](path));
  }
}

async function session(sessionSeed: number, tally: Tally): Promise<void> {
  const chance = chanceOf(sessionSeed);
  const server = await startNonsenseServer(chance);
  const lines: string[] = [];
  const seconds = 2;
  const factory = connectTo({
    trusted: [],
    ftp: ftpConfigurationSchema.parse({
      host: '127.0.0.1',
      port: server.port,
      username: 'branch',
      homeDir: chance.pick(['/', 'office/home']),
      enableSsl: chance.percent(5),
      passiveMode: chance.percent(80),
      connectTimeoutSeconds: seconds,
      replyTimeoutSeconds: seconds,
      stallTimeoutSeconds: seconds,
      keepAliveSeconds: chance.pick([0, 1]),
    }),
    password,
    clock: hastyClock,
    onLine: (line) => lines.push(line),
  });
  try {
    const transport = await within('open', tally, factory.open());
    if (transport === undefined) return;
    tally.opened += 1;
    for (let calls = 0; calls < 8 && !transport.closed; calls += 1)
      await callSomething(transport, chance, tally);
    await within('close', tally, transport.close());
    if (lines.some((line) => line.includes(password))) throw new Error('The log shows the password.');
  } catch (error) {
    throw new Error(`Session with seed ${sessionSeed}: ${String(error)}`, { cause: error });
  } finally {
    tally.lies += server.lies;
    await server.stop();
  }
}

test(`every call to a server that talks nonsense ends in a result or an ExchangeError (${sessions} sessions, seed ${seed})`, async () => {
  const tally: Tally = { opened: 0, results: 0, refusals: 0, lies: 0 };
  let next = 0;
  const worker = async () => {
    while (next < sessions) {
      next += 1;
      await session(seed + next, tally);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // Neither all wrong nor all right: both would test little.
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(sessions / 3);
}, 300_000);

test('all of this took a bounded amount of memory', () => {
  expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(700);
});
