import type { Delivery } from '../../../shared/settings.ts';
import { type Random, randomFraction } from '../../platform/random.ts';

/**
 * How long to wait before try number `attempts` + 1: doubles each time up to a bound, and is drawn from the
 * upper half of that span, so that many sites do not come back at the same moment.
 */
export function retryDelayMs(attempts: number, rules: Delivery, random: Random): number {
  const span = Math.min(rules.firstRetrySeconds * 2 ** Math.max(0, attempts - 1), rules.longestRetrySeconds);
  return Math.round(span * 1000 * (0.5 + randomFraction(random) / 2));
}
