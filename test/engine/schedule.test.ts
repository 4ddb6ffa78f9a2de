import { describe, expect, it, onTestFinished } from 'vitest';
import { createSchedule, nextRun } from '../../electron/engine/host/schedule.ts';
import { type Schedule, scheduleSchema } from '../../shared/settings.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const minute = 60_000;
const hour = 60 * minute;
const utc = (text: string) => Date.parse(`${text}:00Z`);

function schedule(given: Partial<Schedule> = {}): Schedule {
  return scheduleSchema.parse({ enabled: true, everyMinutes: 0, ...given });
}

describe('the next planned time', () => {
  const none = undefined;
  it.each<[string, Partial<Schedule>, string, string | undefined]>([
    ['never, when it is off', { enabled: false, everyMinutes: 15 }, '2026-11-21T10:00', none],
    ['never, when no time is given', {}, '2026-11-21T10:00', none],
    ['after so many minutes', { everyMinutes: 15 }, '2026-11-21T10:07', '2026-11-21T10:22'],
    ['over midnight', { everyMinutes: 15 }, '2026-11-21T23:50', '2026-11-22T00:05'],
    [
      'within the hours',
      { everyMinutes: 30, from: '08:00', through: '18:00' },
      '2026-11-21T10:00',
      '2026-11-21T10:30',
    ],
    [
      'at the last minute of the hours',
      { everyMinutes: 30, from: '08:00', through: '18:00' },
      '2026-11-21T17:30',
      '2026-11-21T18:00',
    ],
    [
      'when the hours begin again',
      { everyMinutes: 30, from: '08:00', through: '18:00' },
      '2026-11-21T17:45',
      '2026-11-22T08:00',
    ],
    [
      'when the hours begin, and not later',
      { everyMinutes: 30, from: '08:00', through: '18:00' },
      '2026-11-21T07:55',
      '2026-11-21T08:00',
    ],
    [
      'in hours that go over midnight',
      { everyMinutes: 60, from: '22:00', through: '06:00' },
      '2026-11-21T23:30',
      '2026-11-22T00:30',
    ],
    [
      'after hours that go over midnight',
      { everyMinutes: 60, from: '22:00', through: '06:00' },
      '2026-11-22T05:30',
      '2026-11-22T22:00',
    ],
    ['at a given time today', { at: ['06:00', '20:15'] }, '2026-11-21T10:00', '2026-11-21T20:15'],
    ['at a given time tomorrow', { at: ['06:00'] }, '2026-11-21T06:00', '2026-11-22T06:00'],
    ['at whichever comes first', { everyMinutes: 60, at: ['10:20'] }, '2026-11-21T10:00', '2026-11-21T10:20'],
  ])('is %s', (_name, given, after, expected) => {
    expect(nextRun(schedule(given), utc(after), 'UTC')).toBe(
      expected === undefined ? undefined : utc(expected),
    );
  });

  // In Berlin the clock goes from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
  it.each<[string, Partial<Schedule>, string, string]>([
    ['a time on a day with summer time begun', { at: ['07:00'] }, '2026-03-29T00:00', '2026-03-29T05:00'],
    ['a time on the day before', { at: ['07:00'] }, '2026-03-28T00:00', '2026-03-28T06:00'],
    [
      'a time that the day does not have, right after the gap',
      { at: ['02:30'] },
      '2026-03-28T12:00',
      '2026-03-29T01:00',
    ],
    [
      'a time that the day has twice, the first one',
      { at: ['02:30'] },
      '2026-10-24T12:00',
      '2026-10-25T00:30',
    ],
    ['after that first one, tomorrow', { at: ['02:30'] }, '2026-10-25T00:30', '2026-10-26T01:30'],
    [
      'the interval across the change, in real minutes',
      { everyMinutes: 60 },
      '2026-03-29T00:30',
      '2026-03-29T01:30',
    ],
    [
      'hours that begin in summer time',
      { everyMinutes: 15, from: '08:00', through: '18:00' },
      '2026-03-28T18:00',
      '2026-03-29T06:00',
    ],
  ])('knows summer time: %s', (_name, given, after, expected) => {
    expect(nextRun(schedule(given), utc(after), 'Europe/Berlin')).toBe(utc(expected));
  });
});

function running(given: Partial<Schedule>, lastAgoMs?: number) {
  const clock = createFakeClock();
  const startMs = clock.now();
  const starts: number[] = [];
  let last = lastAgoMs === undefined ? undefined : startMs - lastAgoMs;
  let current = schedule(given);
  const scheduler = createSchedule({
    clock,
    settings: () => current,
    lastStartedMs: async () => last,
    start() {
      last = clock.now();
      starts.push((last - startMs) / minute);
    },
  });
  onTestFinished(() => scheduler.stop());
  return {
    clock,
    scheduler,
    starts,
    startMs,
    async save(next: Partial<Schedule>) {
      current = schedule(next);
      await scheduler.plan();
    },
  };
}

describe('the schedule', () => {
  it('transmits every so many minutes', async () => {
    const { clock, scheduler, starts, startMs } = running({ everyMinutes: 15 });
    await scheduler.begin();
    expect(scheduler.nextMs()).toBe(startMs + 15 * minute);
    await clock.advance(hour);
    expect(starts).toEqual([15, 30, 45, 60]);
  });

  it('makes up a time missed while the program was off, once, and goes on from there', async () => {
    const { clock, scheduler, starts } = running({ everyMinutes: 15 }, 5 * hour);
    await scheduler.begin();
    await clock.advance(31 * minute);
    expect(starts).toEqual([0, 15, 30]);
  });

  it('makes nothing up when no time was missed', async () => {
    const { clock, scheduler, starts } = running({ everyMinutes: 15 }, 5 * minute);
    await scheduler.begin();
    await clock.advance(11 * minute);
    expect(starts).toEqual([10]);
  });

  it('makes nothing up at a site that never transmitted', async () => {
    const { clock, scheduler, starts } = running({ everyMinutes: 60 });
    await scheduler.begin();
    await clock.advance(59 * minute);
    expect(starts).toEqual([]);
  });

  it('makes up once what a sleeping machine missed', async () => {
    const { clock, scheduler, starts, startMs } = running({ everyMinutes: 15 });
    await scheduler.begin();
    // Timers stood still; the wall clock went on.
    clock.setWallClock(startMs + 3 * hour);
    await clock.advance(2 * minute);
    expect(starts).toHaveLength(1);
    expect(scheduler.nextMs()).toBeGreaterThan(clock.now());
  });

  it('does not transmit because settings were saved', async () => {
    const { clock, scheduler, starts, save } = running({ enabled: false }, 5 * hour);
    await scheduler.begin();
    await save({ everyMinutes: 30 });
    await clock.advance(29 * minute);
    expect(starts).toEqual([]);
    await clock.advance(minute);
    expect(starts).toEqual([30]);
  });

  it('keeps its beat when settings are saved between two runs', async () => {
    const { clock, scheduler, starts, save } = running({ everyMinutes: 15 });
    await scheduler.begin();
    await clock.advance(20 * minute);
    await save({ everyMinutes: 15 });
    await clock.advance(10 * minute);
    expect(starts).toEqual([15, 30]);
  });

  it('is not held up by a clock that was set back for years', async () => {
    const { clock, scheduler, starts } = running({ everyMinutes: 15 }, -1000 * 24 * hour);
    await scheduler.begin();
    await clock.advance(15 * minute);
    expect(starts).toEqual([15]);
  });

  it('plans anew when the clock is set back while it waits', async () => {
    const { clock, scheduler, starts, startMs } = running({ everyMinutes: 15 });
    await scheduler.begin();
    clock.setWallClock(startMs - 1000 * 24 * hour);
    await clock.advance(17 * minute);
    expect(starts).toHaveLength(1);
  });

  it('ends when it is stopped or turned off', async () => {
    const { clock, scheduler, starts, save } = running({ everyMinutes: 15 });
    await scheduler.begin();
    await save({ enabled: false });
    expect(scheduler.nextMs()).toBeUndefined();
    await clock.advance(hour);
    await save({ everyMinutes: 15 });
    scheduler.stop();
    await clock.advance(hour);
    expect(starts).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});
