import { describe, expect, it, onTestFinished } from 'vitest';
import { nextRun, type SitePlan } from '../../electron/engine/host/nextRun.ts';
import { createSchedule } from '../../electron/engine/host/schedule.ts';
import { shareOf } from '../../electron/engine/host/spread.ts';
import { type Schedule, scheduleSchema } from '../../shared/scheduleSettings.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const minute = 60_000;
const hour = 60 * minute;
const utc = (text: string) => Date.parse(`${text}:00Z`);

function schedule(given: Partial<Schedule> = {}): Schedule {
  return scheduleSchema.parse({ enabled: true, everyMinutes: 0, ...given });
}

function plan(given: Partial<Schedule>, timeZone: string, share = 0): SitePlan {
  return { schedule: schedule(given), share, timeZone };
}

/** Every planned time from one moment through another, as UTC. */
function planned(site: SitePlan, from: string, through: string): string[] {
  const times: string[] = [];
  let next = nextRun(site, utc(from) - 1);
  while (next !== undefined && next <= utc(through)) {
    times.push(new Date(next).toISOString().slice(0, 19));
    next = nextRun(site, next);
  }
  return times;
}

describe('the next planned time', () => {
  const none = undefined;
  it.each<[string, Partial<Schedule>, string, string | undefined]>([
    ['never, when it is off', { enabled: false, everyMinutes: 15 }, '2026-11-21T10:00', none],
    ['never, when no time is given', {}, '2026-11-21T10:00', none],
    ['at the next of so many minutes', { everyMinutes: 15 }, '2026-11-21T10:07', '2026-11-21T10:15'],
    ['after the one that is now', { everyMinutes: 15 }, '2026-11-21T10:15', '2026-11-21T10:30'],
    ['counted anew from each midnight', { everyMinutes: 7 }, '2026-11-21T23:56', '2026-11-22T00:00'],
    ['over midnight', { everyMinutes: 15 }, '2026-11-21T23:50', '2026-11-22T00:00'],
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
      '2026-11-21T18:00',
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
      '2026-11-22T00:00',
    ],
    [
      'after hours that go over midnight',
      { everyMinutes: 60, from: '22:00', through: '06:00' },
      '2026-11-22T06:00',
      '2026-11-22T22:00',
    ],
    ['at a given time today', { at: ['06:00', '20:15'] }, '2026-11-21T10:00', '2026-11-21T20:15'],
    ['at a given time tomorrow', { at: ['06:00'] }, '2026-11-21T06:00', '2026-11-22T06:00'],
    ['at whichever comes first', { everyMinutes: 60, at: ['10:20'] }, '2026-11-21T10:00', '2026-11-21T10:20'],
  ])('is %s', (_name, given, after, expected) => {
    expect(nextRun(plan(given, 'UTC'), utc(after))).toBe(expected === undefined ? undefined : utc(expected));
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
      '2026-03-29T01:00',
    ],
    [
      'hours that begin in summer time',
      { everyMinutes: 15, from: '08:00', through: '18:00' },
      '2026-03-28T18:00',
      '2026-03-29T06:00',
    ],
  ])('knows summer time: %s', (_name, given, after, expected) => {
    expect(nextRun(plan(given, 'Europe/Berlin'), utc(after))).toBe(utc(expected));
  });
});

describe('a store begins its share of the interval later', () => {
  it.each<[string, Partial<Schedule>, number, string[]]>([
    [
      'than the interval begins',
      { everyMinutes: 15, from: '08:00', through: '09:00' },
      0.5,
      ['08:07:30', '08:22:30', '08:37:30', '08:52:30'],
    ],
    [
      'than short hours begin, and not after them',
      { everyMinutes: 1440, from: '22:00', through: '23:00' },
      0.99,
      ['22:59:24'],
    ],
    [
      'than a given time, by five minutes at most',
      { at: ['06:00', '23:59'] },
      0.99,
      ['06:04:57', '00:03:57'],
    ],
  ])('%s', (_name, given, share, expected) => {
    const times = planned(plan(given, 'UTC', share), '2026-11-21T04:30', '2026-11-22T04:00');
    expect(times.map((time) => time.slice(11))).toEqual(expected);
  });

  it('in every one of many days the same, whenever it last ran', () => {
    const site = plan({ everyMinutes: 60 }, 'UTC', 0.25);
    for (let after = utc('2026-11-21T00:00'); after < utc('2026-11-22T00:00'); after += 7 * minute) {
      expect(((nextRun(site, after) ?? 0) / minute) % 60).toBe(15);
    }
  });
});

describe("a store's share", () => {
  const site = (guid: string, given: Partial<Schedule> = {}): Pick<Settings, 'site' | 'schedule'> =>
    settingsSchema.parse({
      formatVersion: 1,
      site: { role: 'store', storeNumber: '0012', name: 'Riverside', guid },
      schedule: given,
    });
  const guidOf = (number: number) => `6f1c2f0e-8a1b-4c5d-9e2f-${String(number).padStart(12, '0')}`;

  it('is always the same, and even over the stores of an office', () => {
    expect(shareOf(site(guidOf(1)))).toBe(shareOf(site(guidOf(1))));
    const tenths = new Array<number>(10).fill(0);
    for (let number = 0; number < 2000; number += 1) {
      const tenth = Math.floor(shareOf(site(guidOf(number))) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(count).toBeGreaterThan(150);
    expect(tenths).toHaveLength(10);
  });

  it('is nothing at the central site, and where spreading is off', () => {
    const central = settingsSchema.parse({
      formatVersion: 1,
      site: { role: 'central', name: 'Head office', guid: guidOf(1), officeId: guidOf(2) },
    });
    expect([shareOf(central), shareOf(site(guidOf(1), { spread: false }))]).toEqual([0, 0]);
  });
});

describe('days on which the clock changes', () => {
  it('have every real interval once', () => {
    const site = plan({ everyMinutes: 30 }, 'Europe/Berlin');
    // 23 hours, and 25.
    expect(planned(site, '2026-03-28T23:00', '2026-03-29T21:59')).toHaveLength(46);
    expect(planned(site, '2026-10-24T22:00', '2026-10-25T22:59')).toHaveLength(50);
  });

  it('have a given time once, also one that is there twice or not at all', () => {
    const site = plan({ at: ['02:30'] }, 'Europe/Berlin');
    expect(planned(site, '2026-03-28T12:00', '2026-03-30T12:00')).toHaveLength(2);
    expect(planned(site, '2026-10-24T12:00', '2026-10-26T12:00')).toHaveLength(2);
  });

  it('keep hours that lie over the change, in a zone of half hours too', () => {
    const hours = { everyMinutes: 60, from: '01:00', through: '05:00' };
    // Lord Howe Island: half an hour forward on 4 October 2026 at 02:00, from +10:30 to +11:00.
    const times = planned(plan(hours, 'Australia/Lord_Howe'), '2026-10-03T12:00', '2026-10-04T10:00');
    expect(times[0]).toBe('2026-10-03T14:30:00');
    expect(times).toHaveLength(4);
  });
});

function running(given: Partial<Schedule>, lastAgoMs?: number, startMsGiven?: number) {
  const clock = createFakeClock(startMsGiven === undefined ? {} : { startMs: startMsGiven });
  const startMs = clock.now();
  const starts: number[] = [];
  let last = lastAgoMs === undefined ? undefined : startMs - lastAgoMs;
  let current = schedule(given);
  const scheduler = createSchedule({
    clock,
    sitePlan: () => ({ schedule: current, share: 0, timeZone: 'Europe/Berlin' }),
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
    const { clock, scheduler, starts } = running({ everyMinutes: 15 }, 0);
    await scheduler.begin();
    await clock.advance(16 * minute);
    expect(starts).toEqual([15]);
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

  it('makes nothing up outside the hours: their next beginning does', async () => {
    // 22:00 in Berlin; the hours end at 18:00.
    const from = { everyMinutes: 60, from: '08:00', through: '18:00' };
    const { clock, scheduler, starts } = running(from, 5 * hour, utc('2026-03-03T21:00'));
    await scheduler.begin();
    await clock.advance(11 * hour);
    expect(starts).toEqual([10 * 60, 11 * 60]);
  });

  it('makes a given time up whatever the hours are', async () => {
    const given = { everyMinutes: 60, from: '08:00', through: '18:00', at: ['20:00'] };
    const { clock, scheduler, starts } = running(given, 5 * hour, utc('2026-03-03T21:00'));
    await scheduler.begin();
    await clock.advance(9 * hour);
    expect(starts).toEqual([0]);
  });

  it('makes nothing up outside the hours when a sleeping machine wakes there', async () => {
    const from = { everyMinutes: 60, from: '08:00', through: '18:00' };
    const { clock, scheduler, starts, startMs } = running(from, 0, utc('2026-03-03T16:30'));
    await scheduler.begin();
    clock.setWallClock(startMs + 5 * hour);
    await clock.advance(2 * minute);
    expect(starts).toEqual([]);
    expect(scheduler.nextMs()).toBe(utc('2026-03-04T07:00'));
  });

  it('does not run a time twice because the clock was corrected by seconds', async () => {
    const { clock, scheduler, starts, startMs } = running({ everyMinutes: 15 });
    await scheduler.begin();
    await clock.advance(15 * minute);
    clock.setWallClock(startMs + 15 * minute - 3000);
    await clock.advance(14 * minute);
    expect(starts).toEqual([15]);
  });

  it('transmits on through a night in which the clock goes back', async () => {
    const { clock, scheduler, starts } = running({ everyMinutes: 60 }, 0, utc('2026-10-24T22:00'));
    await scheduler.begin();
    await clock.advance(4 * hour);
    expect(starts).toEqual([60, 120, 180, 240]);
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
