import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { cancelledError } from '../../shared/errors.ts';

/** The only source of time. Tests pass a fake one. */
export interface Clock {
  /** Epoch milliseconds, UTC. May jump when the system clock is set. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. For rates, time-outs and durations. */
  monotonic(): number;
  /**
   * Resolves after `ms` milliseconds.
   *
   * Errors: cancelled, as soon as the signal fires.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after `ms`; the returned function cancels it. Never keeps the process alive. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? undefined : { signal });
    } catch (cause) {
      if (signal?.aborted) throw cancelledError();
      throw cause;
    }
  },
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves in the event loop's next turn; no time passes for a clock. */
export async function nextTurn(): Promise<void> {
  await turn();
}

/** `2026-11-21T08:41:00.000Z`. */
export function formatUtc(ms: number): string {
  return new Date(ms).toISOString();
}

/** For libraries that want a `Date`. */
export function toDate(ms: number): Date {
  return new Date(ms);
}

/**
 * A moment as a person writes it, on this machine's time: `2026-11-20`, `2026-11-20 14:30`, with seconds,
 * with `T` between, or with a zone (`Z`, `+01:00`). Undefined for anything else, also for 30 February.
 */
export function parseLocalTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
    text.trim(),
  );
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hours = '00', minutes = '00', seconds = '00', zone = ''] = match;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysInMonth)
    return undefined;
  const ms = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}
