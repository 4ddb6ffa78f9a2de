import { setTimeout as delay } from 'node:timers/promises';
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

/** `2026-11-21T08:41:00.000Z`. */
export function formatUtc(ms: number): string {
  return new Date(ms).toISOString();
}
