import { describe, expect, it } from 'vitest';
import { createSuspensionTimer } from '../../electron/engine/host/suspensionTimer.ts';
import type { ConnectionView } from '../../shared/views.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const minute = 60_000;
const well: ConnectionView = { enabled: true, failures: 0 };

function timer(first: (now: number) => ConnectionView | undefined) {
  const clock = createFakeClock();
  let state = first(clock.now());
  const started: number[] = [];
  const made = createSuspensionTimer({
    clock,
    connection: async () => state,
    start: () => started.push(clock.now()),
  });
  return {
    clock,
    started,
    timer: made,
    async become(next: ConnectionView) {
      state = next;
      made.plan();
      await clock.advance(0);
    },
  };
}

function suspended(untilMs: number): ConnectionView {
  return { ...well, failures: 10, suspended: { sinceMs: 0, untilMs, lastMessage: '' } };
}

describe('a suspended connection in an open engine', () => {
  it('is tried once when its time is up, and again after it was suspended again', async () => {
    const { clock, started, timer: made, become } = timer((now) => suspended(now + 15 * minute));
    const begin = clock.now();
    made.plan();
    await clock.advance(14 * minute);
    expect(started).toEqual([]);
    await clock.advance(minute);
    expect(started).toEqual([begin + 15 * minute]);
    // The run was cancelled: nothing is different, and the person is not overruled.
    made.plan();
    await clock.advance(60 * minute);
    expect(started).toHaveLength(1);
    await become(suspended(clock.now() + 15 * minute));
    await clock.advance(15 * minute);
    expect(started).toHaveLength(2);
  });

  it('is tried at once when a person asks', async () => {
    const { clock, started, timer: made, become } = timer((now) => suspended(now + 15 * minute));
    made.plan();
    await clock.advance(minute);
    await become(suspended(clock.now()));
    expect(started).toEqual([clock.now()]);
  });

  it.each<[string, (now: number) => ConnectionView | undefined]>([
    ['is well', () => well],
    ['belongs to a site that is not set up', () => undefined],
    ['is switched off', (now) => ({ ...suspended(now), enabled: false })],
    [
      'waits for a person after a refused log-in',
      (now) => ({ ...suspended(now), heldLogin: { sinceMs: 0, message: '' } }),
    ],
  ])('is left alone where it %s', async (_, state) => {
    const { clock, started, timer: made } = timer(state);
    made.plan();
    await clock.advance(60 * minute);
    expect(started).toEqual([]);
  });

  it('is not tried after the end', async () => {
    const { clock, started, timer: made } = timer((now) => suspended(now + minute));
    made.plan();
    await clock.advance(0);
    made.stop();
    await clock.advance(60 * minute);
    expect(started).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('does not wait longer than the engine says now, when the clock was set forward', async () => {
    const { clock, started, timer: made } = timer((now) => suspended(now + 60 * minute));
    made.plan();
    await clock.advance(minute);
    clock.setWallClock(clock.now() + 24 * 60 * minute);
    await clock.advance(minute);
    expect(started).toHaveLength(1);
  });
});
