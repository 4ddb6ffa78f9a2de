import type { Clock } from '../../electron/platform/clock.ts';
import { cancelledError } from '../../shared/errors.ts';

export interface FakeClock extends Clock {
  /** Moves time on, calling everything that falls due, in order; lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock, as a person would; sleeps and the monotonic clock do not notice. */
  setWallClock(ms: number): void;
  /** How many sleeps and callbacks are waiting. */
  readonly waiting: number;
}

export interface FakeClockOptions {
  readonly startMs?: number;
  /** Sleeping moves the time on by itself, at once: nobody has to call `advance`. */
  readonly sleepsAdvance?: boolean;
}

/** A clock that stands still until it is told to move. Starts on 1 March 2026, 06:00 UTC. */
export function createFakeClock(options: FakeClockOptions = {}): FakeClock {
  let elapsed = 0;
  let wallStart = options.startMs ?? Date.UTC(2026, 2, 1, 6);
  let nextId = 0;
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();

  const schedule = (ms: number, call: () => void): (() => void) => {
    const id = nextId++;
    due.set(id, { at: elapsed + Math.max(0, ms), call });
    return () => due.delete(id);
  };

  const fireUntil = async (end: number): Promise<void> => {
    await settle();
    for (;;) {
      let first: { id: number; at: number; call: () => void } | undefined;
      for (const [id, entry] of due) {
        if (entry.at <= end && (first === undefined || entry.at < first.at)) first = { id, ...entry };
      }
      if (first === undefined) break;
      due.delete(first.id);
      elapsed = Math.max(elapsed, first.at);
      first.call();
      await settle();
    }
    elapsed = Math.max(elapsed, end);
  };

  return {
    now: () => wallStart + elapsed,
    monotonic: () => elapsed,
    async sleep(ms, signal) {
      if (signal?.aborted) throw cancelledError();
      if (options.sleepsAdvance) return fireUntil(elapsed + Math.max(0, ms));
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          cancel();
          reject(cancelledError());
        };
        const cancel = schedule(ms, () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
        signal?.addEventListener('abort', stop, { once: true });
      });
    },
    after: schedule,
    advance: (ms) => fireUntil(elapsed + ms),
    setWallClock(ms) {
      wallStart = ms - elapsed;
    },
    get waiting() {
      return due.size;
    },
  };
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
