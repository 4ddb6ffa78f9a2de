import type { ExchangeError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';

/** The promise's outcome, or the error once the time is up. The work itself is not stopped. */
export async function inTime<T>(
  clock: Clock,
  seconds: number,
  work: Promise<T>,
  late: () => ExchangeError,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = clock.after(seconds * 1000, () => reject(late()));
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop();
  }
}
