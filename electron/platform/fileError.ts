import { ExchangeError } from '../../shared/errors.ts';

/**
 * The plain form of what the operating system said about a file; any other error comes back as it is.
 *
 * Shape: `what` names the file in the middle of a sentence: "the settings /data/settings.json".
 */
export function plainFileError(error: unknown, what: string): unknown {
  switch (fileErrorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ExchangeError({
        code: 'disk-full',
        class: 'full',
        message: `There is no room left on the disk for ${what}.`,
        advice: 'Free some space on this disk and run again.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ExchangeError({
        code: 'data-dir-not-writable',
        class: 'fix',
        message: `Branchline may not read or write ${what}.`,
        advice: 'Give the account that runs Branchline the right to read and write there.',
        cause: error,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new ExchangeError({
        code: 'data-dir-not-writable',
        class: 'fix',
        message: `The folder of ${what} is not there.`,
        advice: 'Make the folder, or name another one.',
        cause: error,
      });
    case 'EIO':
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

/** `ENOENT` and its kind, where the error has one. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
