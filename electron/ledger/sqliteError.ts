import { ExchangeError } from '../../shared/errors.ts';

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

/** True where SQLite found another connection in the way. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === codes.busy || code === codes.locked;
}

/** True where the file's bytes are not those of a sound database. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === codes.corrupt || code === codes.notDb;
}

/**
 * The plain form of what SQLite met on the machine; any other error (a caller's own, a broken constraint)
 * comes back as it is.
 */
export function plainSqliteError(error: unknown, path: string): unknown {
  switch (resultCode(error)) {
    case codes.full:
      return new ExchangeError({
        code: 'disk-full',
        class: 'full',
        message: `There is no room left on the disk for the ledger ${path}.`,
        advice: 'Free some space on this disk and run again; nothing was lost.',
        cause: error,
      });
    case codes.busy:
    case codes.locked:
      return new ExchangeError({
        code: 'busy',
        class: 'busy',
        message: `Another program is holding the ledger ${path}.`,
        advice: 'Wait for it to finish (a backup program, a database browser), then run again.',
        cause: error,
      });
    case codes.perm:
    case codes.readOnly:
    case codes.cannotOpen:
      return new ExchangeError({
        code: 'ledger-not-writable',
        class: 'fix',
        message: `The ledger ${path} cannot be opened for writing.`,
        advice: 'Give the account that runs Branchline the right to write in this folder.',
        cause: error,
      });
    case codes.io:
      return new ExchangeError({
        code: 'ledger-io',
        class: 'retry',
        message: `The disk failed while the ledger ${path} was read or written.`,
        advice: 'Run again; when it happens again, have the disk checked.',
        cause: error,
      });
    case codes.corrupt:
    case codes.notDb:
      return damagedLedgerError(path, undefined, error);
    default:
      return error;
  }
}

/** `backup` is the newest copy beside the ledger, where there is one. */
export function damagedLedgerError(path: string, backup: string | undefined, cause?: unknown): ExchangeError {
  const advice =
    backup === undefined
      ? 'Move it aside together with its "-wal" and "-shm" companions, and restore it from a backup of this machine; there is no earlier copy beside it.'
      : `Move it aside together with its "-wal" and "-shm" companions, and restore it from a backup of this machine, or put ${backup} in its place, an older copy.`;
  return new ExchangeError({
    code: 'ledger-damaged',
    class: 'fix',
    message: `The ledger ${path} is damaged, so nothing was changed in it.`,
    advice,
    cause,
  });
}
