import type { ConnectionView } from '../../../shared/views.ts';
import type { Clock } from '../../platform/clock.ts';

/** Has a suspended connection tried when its time is up, whatever the schedule. */
export interface SuspensionTimer {
  /** Looks how the connection stands now. */
  plan(): void;
  stop(): void;
}

export interface SuspensionTimerParts {
  readonly clock: Clock;
  readonly connection: () => Promise<ConnectionView | undefined>;
  readonly start: () => void;
}

/** Looked at again at least this often, because timers stand still while a machine sleeps, and clocks are set. */
const longestTimerMs = 60_000;

/** Promise: one try for each time that is up; a person who cancels it is not overruled. */
export function createSuspensionTimer({ clock, connection, start }: SuspensionTimerParts): SuspensionTimer {
  let cancel: (() => void) | undefined;
  let stopped = false;
  let triedMs: number | undefined;

  const look = async () => {
    const state = await connection();
    cancel?.();
    cancel = undefined;
    if (stopped || state?.suspended === undefined || !state.enabled || state.heldLogin !== undefined) return;
    const { untilMs } = state.suspended;
    const leftMs = untilMs - clock.now();
    if (leftMs > 0) {
      cancel = clock.after(Math.min(leftMs, longestTimerMs), plan);
    } else if (triedMs !== untilMs) {
      triedMs = untilMs;
      start();
    }
  };
  const plan = () => {
    // An engine that is closing has nothing more to try.
    if (!stopped) void look().catch(() => undefined);
  };
  return {
    plan,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
