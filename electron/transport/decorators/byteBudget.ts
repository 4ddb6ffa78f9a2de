import type { Clock } from '../../platform/clock.ts';

/** Meters bytes: `take` resolves when they may move. Several transfers share one budget fairly, in turn. */
export interface ByteBudget {
  readonly largestPiece: number;
  take(bytes: number, signal: AbortSignal | undefined): Promise<void>;
}

/** A budget of so many bytes a second. A pause is not saved up: after it the rate is the same as before. */
export function createByteBudget(bytesPerSecond: number, clock: Clock): ByteBudget {
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    // Small enough that bytes move several times a second, so that no stall is suspected.
    largestPiece: Math.max(1, Math.floor(bytesPerSecond / 4)),
    async take(bytes, signal) {
      const now = clock.monotonic();
      freeAt = Math.max(freeAt, now) + (bytes / bytesPerSecond) * 1000;
      if (freeAt > now) await clock.sleep(freeAt - now, signal);
    },
  };
}
