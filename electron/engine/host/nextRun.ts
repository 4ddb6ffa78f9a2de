import { Cron } from 'croner';
import type { Schedule } from '../../../shared/scheduleSettings.ts';
import { toDate } from '../../platform/clock.ts';

/** When one site transmits by itself. */
export interface SitePlan {
  readonly schedule: Schedule;
  /** See shareOf. */
  readonly share: number;
  /** The machine's own where none is named. */
  readonly timeZone?: string | undefined;
}

const minuteMs = 60_000;
/** Given times are spread over this long: somebody chose them, so they stay recognisable. */
const spreadOfTimesMs = 5 * minuteMs;
/** Longer than any day: a day on which the clock goes back has 25 hours. */
const longestDayMs = 26 * 60 * minuteMs;

/**
 * The first planned time after `afterMs`, or undefined when nothing is planned. A pure rule.
 *
 * Promise: intervals keep their phase: they are counted from the beginning of the hours (`from`, local time) in real
 *          minutes, plus the site's share of the interval; when the last run was, does not move them. So the spread
 *          of many stores outlasts restarts. A given time on a day that does not have it counts right after the gap;
 *          one that a day has twice counts once.
 */
export function nextRun(plan: SitePlan | undefined, afterMs: number): number | undefined {
  if (plan?.schedule.enabled !== true) return undefined;
  return earliest(nextTime(plan, afterMs), nextInterval(plan, afterMs));
}

/**
 * Whether a planned time between the last run and now is to be made up at once. A missed interval outside the hours is
 * not: the run at their next beginning makes it up. A pure rule.
 */
export function isMissed(plan: SitePlan | undefined, lastMs: number, nowMs: number): boolean {
  if (plan?.schedule.enabled !== true) return false;
  const time = nextTime(plan, lastMs);
  if (time !== undefined && time <= nowMs) return true;
  const interval = nextInterval(plan, lastMs);
  return interval !== undefined && interval <= nowMs && isOpen(plan, nowMs);
}

function nextTime({ schedule, share, timeZone }: SitePlan, afterMs: number): number | undefined {
  const shift = wholeSeconds(share * spreadOfTimesMs);
  const times = schedule.at.map((time) => nextOf(time, afterMs - shift, timeZone));
  const first = earliest(...times);
  return first === undefined ? undefined : first + shift;
}

function nextInterval(plan: SitePlan, afterMs: number): number | undefined {
  if (plan.schedule.everyMinutes === 0) return undefined;
  const current = hoursAround(plan, afterMs);
  const slot = current === undefined ? undefined : slotAfter(plan, current, afterMs);
  if (slot !== undefined) return slot;
  const opensMs = nextOf(plan.schedule.from, afterMs, plan.timeZone);
  return opensMs === undefined ? undefined : slotAfter(plan, hoursFrom(plan, opensMs), afterMs);
}

interface Hours {
  readonly opensMs: number;
  /** The last moment that belongs to them. */
  readonly lastMs: number;
}

function slotAfter(plan: SitePlan, { opensMs, lastMs }: Hours, afterMs: number): number | undefined {
  const step = plan.schedule.everyMinutes * minuteMs;
  // In hours that are shorter than the interval, every store still gets its turn.
  const first = opensMs + wholeSeconds(plan.share * Math.min(step, lastMs - opensMs));
  const slot = first + Math.max(0, Math.floor((afterMs - first) / step) + 1) * step;
  return slot <= lastMs ? slot : undefined;
}

/** The hours that began last. */
function hoursAround(plan: SitePlan, atMs: number): Hours | undefined {
  let opened: number | undefined;
  let next = nextOf(plan.schedule.from, atMs - longestDayMs, plan.timeZone);
  while (next !== undefined && next <= atMs) {
    opened = next;
    next = nextOf(plan.schedule.from, next, plan.timeZone);
  }
  return opened === undefined ? undefined : hoursFrom(plan, opened);
}

function hoursFrom({ schedule, timeZone }: SitePlan, opensMs: number): Hours {
  const ends = nextOf(schedule.through, opensMs, timeZone) ?? opensMs;
  // All day: the next beginning belongs to the next hours. Otherwise the last minute is one of them.
  return { opensMs, lastMs: schedule.from === schedule.through ? ends - 1 : ends };
}

function isOpen(plan: SitePlan, atMs: number): boolean {
  return atMs <= (hoursAround(plan, atMs)?.lastMs ?? Number.NEGATIVE_INFINITY);
}

/** The next moment after this one with this local time. */
function nextOf(time: string, afterMs: number, timeZone: string | undefined): number | undefined {
  const [hours = '0', minutes = '0'] = time.split(':');
  const pattern = `${Number(minutes)} ${Number(hours)} * * *`;
  const cron = new Cron(pattern, timeZone === undefined ? {} : { timezone: timeZone });
  return cron.nextRun(toDate(afterMs))?.getTime();
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
