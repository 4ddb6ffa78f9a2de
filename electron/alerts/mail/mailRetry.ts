import type { ErrorClass } from '../../../shared/errors.ts';

const firstMs = 60_000;
const longestMs = 60 * 60_000;

/** When an e-mail that failed so often is tried again: after a minute, then twice as long each time, up to an hour. What a person must fix waits the hour: accounts get locked. */
export function nextMailTryMs(attempts: number, errorClass: ErrorClass, nowMs: number): number {
  const growing = Math.min(firstMs * 2 ** Math.max(0, attempts - 1), longestMs);
  return nowMs + (errorClass === 'retry' || errorClass === 'busy' ? growing : longestMs);
}

/** A clock that was set back does not make an e-mail wait longer than the longest time. */
export function isMailDue(mail: { readonly nextTryMs: number | undefined }, nowMs: number): boolean {
  return mail.nextTryMs === undefined || mail.nextTryMs <= nowMs || mail.nextTryMs - nowMs > longestMs;
}
