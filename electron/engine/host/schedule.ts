import { Cron } from 'croner';
import type { Schedule } from '../../../shared/settings.ts';
import { type Clock, toDate } from '../../platform/clock.ts';

/** Transmits by itself at the set times. */
export interface Scheduler {
  /** Begins. A time that passed while the program was off is made up at once. */
  begin(): Promise<void>;
  /** Reads the settings anew and plans the next run. Saving settings makes nothing up: nobody asked for a run. */
  plan(): Promise<void>;
  /** When it transmits next, epoch ms. */
  nextMs(): number | undefined;
  stop(): void;
}

export interface SchedulerParts {
  readonly clock: Clock;
  readonly settings: () => Schedule | undefined;
  /** When the last transmission began. */
  readonly lastStartedMs: () => Promise<number | undefined>;
  readonly start: () => void;
}

/** Looked at again at least this often, because timers stand still while a machine sleeps. */
const longestTimerMs = 60_000;

/**
 * Promise: a time that passed while the program was off or the machine slept is made up once, at start or on
 *          waking; never several runs at once (the host joins one under way).
 */
export function createSchedule({ clock, settings, lastStartedMs, start }: SchedulerParts): Scheduler {
  let next: number | undefined;
  let cancel: (() => void) | undefined;
  let stopped = false;
  let lookedMs = 0;

  const arm = () => {
    cancel?.();
    cancel = undefined;
    if (next === undefined || stopped) return;
    cancel = clock.after(Math.min(Math.max(0, next - clock.now()), longestTimerMs), look);
  };
  const look = () => {
    const now = clock.now();
    const wasSetBack = now < lookedMs;
    lookedMs = now;
    const isDue = next !== undefined && now >= next;
    if (isDue || wasSetBack) next = nextRun(settings(), now);
    if (isDue) start();
    arm();
  };
  const planAfterLast = async (makeUp: boolean) => {
    const last = await lastStartedMs();
    const schedule = settings();
    const now = clock.now();
    // A last run in the future was made before the clock was set back; it says nothing.
    const due = last === undefined || last > now ? nextRun(schedule, now) : nextRun(schedule, last);
    const missed = due !== undefined && due <= now;
    if (missed) next = makeUp ? now : nextRun(schedule, now);
    else next = due;
    lookedMs = now;
    arm();
  };
  return {
    begin: () => planAfterLast(true),
    plan: () => planAfterLast(false),
    nextMs: () => next,
    stop() {
      stopped = true;
      cancel?.();
      next = undefined;
    },
  };
}

/** The first planned time after `afterMs`, in local time, or undefined when nothing is planned. A pure rule. */
export function nextRun(
  schedule: Schedule | undefined,
  afterMs: number,
  timeZone?: string,
): number | undefined {
  if (schedule?.enabled !== true) return undefined;
  const times = schedule.at.map((time) => nextOf(cronOfTime(time), afterMs, timeZone));
  if (schedule.everyMinutes > 0) times.push(nextInterval(schedule, afterMs, timeZone));
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function nextInterval(schedule: Schedule, afterMs: number, timeZone: string | undefined): number | undefined {
  const candidate = afterMs + schedule.everyMinutes * 60_000;
  const isAllDay = schedule.from === schedule.through;
  if (isAllDay || (isWithin(schedule, afterMs, timeZone) && isWithin(schedule, candidate, timeZone)))
    return candidate;
  return nextOf(cronOfTime(schedule.from), afterMs, timeZone);
}

function isWithin(schedule: Schedule, atMs: number, timeZone: string | undefined): boolean {
  const opened = nextOf(cronOfTime(schedule.from), atMs, timeZone);
  const closes = nextOf(cronOfTime(schedule.through), atMs - 1, timeZone);
  // Inside the hours, they end before they begin again.
  return opened !== undefined && closes !== undefined && closes < opened;
}

function cronOfTime(time: string): string {
  const [hours = '0', minutes = '0'] = time.split(':');
  return `${Number(minutes)} ${Number(hours)} * * *`;
}

function nextOf(pattern: string, afterMs: number, timeZone: string | undefined): number | undefined {
  const cron = new Cron(pattern, timeZone === undefined ? {} : { timezone: timeZone });
  return cron.nextRun(toDate(afterMs))?.getTime();
}
