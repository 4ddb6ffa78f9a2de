import { describe, expect, test } from 'vitest';
import { type EngineChild, keepEngine } from '../../electron/main/keepEngine.ts';
import { nextTurn } from '../../electron/platform/clock.ts';

/** Engines that run until the test ends them, on a clock that moves when the test says. */
function setUp(isRunning: () => boolean = () => false) {
  let ms = 0;
  const told: string[] = [];
  const pauses: number[] = [];
  const children: { end(): void; stopped: boolean }[] = [];
  const keeper = keepEngine({
    isRunning: async () => isRunning(),
    start(): EngineChild {
      const ended = Promise.withResolvers<void>();
      const child = { end: () => ended.resolve(), stopped: false };
      children.push(child);
      return {
        ended: ended.promise,
        stop() {
          child.stopped = true;
          ended.resolve();
        },
      };
    },
    clock: {
      monotonic: () => ms,
      async sleep(pause) {
        pauses.push(pause);
      },
    },
    onRestarted: () => told.push('restarted'),
    onFailing: () => told.push('failing'),
  });
  const count = (engines: number) => expect.poll(() => children.length, { timeout: 10_000 }).toBe(engines);
  return { keeper, told, pauses, children, count, wait: (time: number) => (ms += time) };
}

describe('keeping an engine', () => {
  test('one that died is started again at once, and that is said', async () => {
    const { keeper, told, pauses, children, count, wait } = setUp();
    await count(1);
    expect(told).toEqual([]);
    keeper.met();
    wait(60_000);
    children[0]?.end();
    await count(2);
    expect(told).toEqual(['restarted']);
    expect(pauses).toEqual([0]);
    await keeper.close();
  });

  test('one that dies soon after each start is tried ever more slowly, and that is said once', async () => {
    const { keeper, told, pauses, children, count } = setUp();
    for (let engine = 1; engine <= 9; engine += 1) {
      await count(engine);
      children.at(-1)?.end();
    }
    await count(10);
    expect(told).toEqual(['failing']);
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    await keeper.close();
  });

  test('an engine of somebody else is used; when it is gone, one is started here', async () => {
    let runs = true;
    const { keeper, told, children, count } = setUp(() => runs);
    keeper.met();
    // Nothing is lost yet: the engine answers still.
    keeper.look();
    await nextTurn();
    expect(children).toEqual([]);
    runs = false;
    keeper.look();
    await count(1);
    expect(told).toEqual(['restarted']);
    await keeper.close();
  });

  test('closing before the first look is over starts nothing', async () => {
    const { keeper, children } = setUp();
    await keeper.close();
    expect(children).toEqual([]);
  });

  test('closing ends the engine that was started here, and starts no other', async () => {
    const { keeper, told, children, count } = setUp();
    await count(1);
    await keeper.close();
    expect(children.map(({ stopped }) => stopped)).toEqual([true]);
    expect(told).toEqual([]);
  });
});
