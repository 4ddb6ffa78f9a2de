import { ExchangeError } from '../../shared/errors.ts';

/** The errors that adapters without a server's reply (memory, folder) and decorators share. */

export function notFound(path: string, what = 'There is no such file'): ExchangeError {
  return new ExchangeError({
    code: 'not-found',
    class: 'fix',
    message: `${what}: ${path === '' ? 'the home directory' : path}.`,
    advice: 'Check that nobody else moves or deletes files in the home directory.',
  });
}

export function alreadyExists(path: string): ExchangeError {
  return new ExchangeError({
    code: 'exists',
    class: 'fix',
    message: `Something with this name exists already: ${path}.`,
  });
}

export function forbidden(what: string, cause?: unknown): ExchangeError {
  return new ExchangeError({
    code: 'forbidden',
    class: 'fix',
    message: what,
    advice: 'Ask for the right to read, write, rename and delete in the home directory.',
    cause,
  });
}

export function noRoom(what: string, cause?: unknown): ExchangeError {
  return new ExchangeError({
    code: 'no-room',
    class: 'full',
    message: what,
    advice: 'Make room there, or ask for a larger quota.',
    cause,
  });
}

export function connectionLost(message = 'The connection was lost.', cause?: unknown): ExchangeError {
  return new ExchangeError({ code: 'connection-lost', class: 'retry', message, cause });
}

export function sizeMismatch(path: string, actual: number | undefined, expected: number): ExchangeError {
  const found = actual === undefined ? 'is not there' : `has ${actual} bytes`;
  return new ExchangeError({
    code: 'size-mismatch',
    class: 'retry',
    message: `${path} ${found} where ${expected} bytes were expected.`,
  });
}

/** A call that needs `traits.resumesUploads` was made without it. */
export function cannotResume(path: string): ExchangeError {
  return new ExchangeError({
    code: 'cannot-resume',
    class: 'fix',
    message: `An interrupted upload cannot be continued here: ${path}.`,
    advice: 'Upload the file from its beginning.',
  });
}

export function renameRefused(message: string, cause?: unknown): ExchangeError {
  return new ExchangeError({
    code: 'rename-refused',
    class: 'fix',
    message,
    advice: 'Ask for the right to rename files, also from one folder to another.',
    cause,
  });
}

export function tooManyConnections(limit: number): ExchangeError {
  return new ExchangeError({
    code: 'too-many-connections',
    class: 'busy',
    message: `The server allows only ${limit} connection${limit === 1 ? '' : 's'} at once.`,
    advice: 'Lower the number of connections, or ask for more.',
  });
}
