import { ExchangeError } from '../../../shared/errors.ts';

/** Primary result codes; an extended code has one of these in its low byte. Source: sqlite.org/rescode.html. */
const codes = {
  perm: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notDb: 26,
};

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}

/** True where another connection is in the way. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === codes.busy || code === codes.locked;
}

/** True where the file's bytes are not those of a sound database. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === codes.corrupt || code === codes.notDb;
}

/** True where something was to be written over a connection that may only read. */
export function isReadOnly(error: unknown): boolean {
  return resultCode(error) === codes.readOnly;
}

/**
 * The plain form of what SQLite met on the machine; any other error (a caller's own, a broken constraint)
 * comes back as it is.
 *
 * Shape: `what` names the file in the middle of a sentence: "the ledger /data/ledger.db".
 */
export function plainSqliteError(error: unknown, what: string): unknown {
  switch (resultCode(error)) {
    case codes.full:
      return new ExchangeError({
        code: 'disk-full',
        class: 'full',
        message: `There is no room left on the disk for ${what}.`,
        advice: 'Free some space on this disk and run again; what was recorded before is safe.',
        cause: error,
      });
    case codes.busy:
    case codes.locked:
      return new ExchangeError({
        code: 'busy',
        class: 'busy',
        message: `Another program is using ${what}.`,
        advice: 'Wait for it to finish (a backup program, a database browser), then run again.',
        cause: error,
      });
    case codes.perm:
    case codes.readOnly:
    case codes.cannotOpen:
      return new ExchangeError({
        code: 'data-dir-not-writable',
        class: 'fix',
        message: `Branchline cannot open ${what} for writing.`,
        advice:
          'Make sure that its folder exists, and give the account that runs Branchline the right to write in it.',
        cause: error,
      });
    case codes.io:
      return new ExchangeError({
        code: 'disk-failed',
        class: 'retry',
        message: `The disk failed while Branchline was reading or writing ${what}.`,
        advice: 'Run again; when it happens again, have the disk checked.',
        cause: error,
      });
    default:
      return error;
  }
}
