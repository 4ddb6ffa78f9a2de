import type { ErrorClass, ErrorReport } from '../../../shared/errors.ts';
import type { MailRow } from '../../ledger/ledger.ts';

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

/** True for what is wrong with the mail server or the log-in: it is wrong for every other e-mail, too. */
export function isServerTrouble(error: Pick<ErrorReport, 'code'> | undefined): boolean {
  return error !== undefined && error.code !== 'mail-refused' && error.code !== 'mail-refused-now';
}

type Waiting = Pick<MailRow, 'nextTryMs' | 'lastError'>;

/**
 * Which unsent e-mails (oldest first) are tried now, in their order: an end is not told before its beginning. A new
 * one has the server tried again, with those before it; not where a person must change something first.
 */
export function mailsToTry<M extends Waiting>(unsent: readonly M[], nowMs: number): M[] {
  const last = unsent.findLastIndex((mail) => isMailDue(mail, nowMs));
  const chosen = unsent
    .slice(0, last + 1)
    .filter((mail) => isMailDue(mail, nowMs) || isServerTrouble(mail.lastError));
  const waits = chosen.some(
    (mail) => !isMailDue(mail, nowMs) && mail.lastError !== undefined && mail.lastError.class !== 'retry',
  );
  return waits ? [] : chosen;
}
