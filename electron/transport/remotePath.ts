import { ExchangeError } from '../../shared/errors.ts';

const longestPath = 4000;

/**
 * The parts of a path as the Transport interface takes it; none for '', the home directory.
 *
 * Errors: bad-path (fix) for an absolute path, an empty part, `.`, `..`, a control character, a backslash,
 *         or more than 4,000 characters.
 */
export function splitRemotePath(path: string): string[] {
  if (path === '') return [];
  const parts = path.split('/');
  const bad =
    path.length > longestPath ||
    /[\p{Cc}\\]/u.test(path) ||
    parts.some((part) => part === '' || part === '.' || part === '..');
  if (bad) throw badPath(path, 'Only relative paths with plain names can be used on the server.');
  return parts;
}

/** The parts of a path that names something inside the home directory: at least one. Errors: bad-path. */
export function splitRemoteFilePath(path: string): string[] {
  const parts = splitRemotePath(path);
  if (parts.length === 0) throw badPath(path, 'A name inside the home directory is needed.');
  return parts;
}

/** The error of a path that is refused before it is sent. */
export function badPath(path: string, message: string): ExchangeError {
  return new ExchangeError({
    code: 'bad-path',
    class: 'fix',
    message: `${message} Refused: ${JSON.stringify(path.slice(0, 200))}.`,
    advice: 'Rename the file or folder.',
  });
}

/** The folder part of a path; '' for a name directly in the home directory. */
export function parentOfPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
