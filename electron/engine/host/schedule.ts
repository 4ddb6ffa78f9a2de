import type { Clock } from '../../platform/clock.ts';
import { isMissed, nextRun, type SitePlan } from './nextRun.ts';

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
  readonly sitePlan: () => SitePlan | undefined;
  /** When the last transmission began. */
  readonly lastStartedMs: () => Promise<number | undefined>;
  readonly start: () => void;
}

/** Looked at again at least this often, because timers stand still while a machine sleeps. */
const longestTimerMs = 60_000;
/** A run that begins this much after its time was missed: the machine slept. */
const lateMs = 5 * longestTimerMs;
/** A clock that is corrected by less is the same clock; planning anew would run the last time twice. */
const setBackMs = 5 * longestTimerMs;

/**
 * Promise: a time that passed while the program was off or the machine slept is made up once, at start or on
 *          waking; never several runs at once (the host joins one under way).
 */
export function createSchedule({ clock, sitePlan, lastStartedMs, start }: SchedulerParts): Scheduler {
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
    const planned = next;
    const isDue = planned !== undefined && now >= planned;
    const wasSetBack = now < lookedMs - setBackMs;
    lookedMs = wasSetBack ? now : Math.max(lookedMs, now);
    if (isDue || wasSetBack) next = nextRun(sitePlan(), now);
    if (isDue && (now - planned < lateMs || isMissed(sitePlan(), planned - 1, now))) start();
    arm();
  };
  const planAfterLast = async (makeUp: boolean) => {
    const last = await lastStartedMs();
    const plan = sitePlan();
    const now = clock.now();
    // A last run in the future was made before the clock was set back; it says nothing.
    const missed = makeUp && last !== undefined && last <= now && isMissed(plan, last, now);
    next = missed ? now : nextRun(plan, now);
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
