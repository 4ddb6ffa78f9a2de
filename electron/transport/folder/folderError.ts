import { ExchangeError } from '../../../shared/errors.ts';
import { fileErrorCode } from '../../platform/fileError.ts';
import { badPath } from '../remotePath.ts';
import { alreadyExists, connectionLost, forbidden, noRoom, notFound } from '../transportErrors.ts';

/** Whether this is a Node file error with one of the codes. */
export function failedWith(error: unknown, ...codes: readonly string[]): boolean {
  const code = fileErrorCode(error);
  return code !== undefined && codes.includes(code);
}

/** Maps a Node file error to the class that callers act on; what is an ExchangeError already stays. */
export function folderError(error: unknown, path: string): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const code = fileErrorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return notFound(path);
    case 'EEXIST':
      return alreadyExists(path);
    case 'ENOTEMPTY':
      return forbidden(`The folder is not empty: ${path}.`, error);
    case 'EROFS':
      return forbidden(`The drive or share is write-protected: ${path} cannot be changed.`, error);
    case 'EACCES':
    case 'EPERM':
      return forbidden(`This computer may not do this with ${path || 'the folder'}.`, error);
    case 'EISDIR':
    case 'ELOOP':
      return forbidden(`A folder or link is in the way: ${path}.`, error);
    case 'ENOSPC':
      return noRoom('The drive or share has no room left.', error);
    case 'EDQUOT':
      return noRoom('The quota of the drive or share is used up.', error);
    case 'EFBIG':
      return tooLarge(path, error);
    case 'ENAMETOOLONG':
    case 'EILSEQ':
    case 'EINVAL':
      return badPath(path, 'The drive or share cannot hold a file of this name.');
    case 'EBUSY':
    case 'EAGAIN':
    case 'ETXTBSY':
    case 'EMFILE':
    case 'ENFILE':
      return inUse(path, error);
    default:
      return connectionLost(`The drive or share failed (${code ?? String(error)}): ${path}.`, error);
  }
}

function tooLarge(path: string, cause: unknown): ExchangeError {
  return new ExchangeError({
    code: 'too-large',
    class: 'fix',
    message: `The drive or share cannot hold a file as large as ${path}.`,
    advice: 'FAT32 drives end at 4 GB a file: format the drive with exFAT or NTFS, or lower the packet size.',
    cause,
  });
}

function inUse(path: string, cause: unknown): ExchangeError {
  return new ExchangeError({
    code: 'in-use',
    class: 'retry',
    message: `Another program is using ${path || 'the folder'}.`,
    advice: 'A virus scanner or a synchronising program often lets go after a moment.',
    cause,
  });
}
