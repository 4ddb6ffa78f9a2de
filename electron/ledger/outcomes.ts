import type { Outcome } from '../../shared/receipt.ts';

/** The words that the outcome columns admit. */
export const outcomes = [
  'accepted',
  'accepted-with-errors',
  'rejected',
  'duplicate',
] as const satisfies readonly Outcome[];
