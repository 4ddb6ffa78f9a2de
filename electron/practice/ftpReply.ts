/** Ends a command early with a reply for the client. */
export class FtpReply extends Error {
  override readonly name = 'FtpReply';
}

/** The codes of the file system, as an FTP server tells them. Source: RFC 959 §4.2. */
const repliesByCode: ReadonlyMap<string, string> = new Map([
  ['ENOENT', '550 No such file or folder.'],
  ['ENOTDIR', '550 Not a folder.'],
  ['EISDIR', '550 This is a folder.'],
  ['EEXIST', '550 It exists already.'],
  ['ENOTEMPTY', '550 The folder is not empty.'],
  ['EACCES', '550 Permission denied.'],
  ['EPERM', '550 Permission denied.'],
  ['EROFS', '550 Permission denied.'],
  ['ELOOP', '550 No such file or folder.'],
  ['ENAMETOOLONG', '553 The name is too long.'],
  ['EINVAL', '553 The name is not allowed.'],
  ['ENOSPC', '452 No room left.'],
  ['EDQUOT', '552 The quota is used up.'],
]);

/** The system's error code (`ENOENT`), or undefined where the error carries none. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The reply that a failed command is answered with. */
export function replyForError(error: unknown): string {
  if (error instanceof FtpReply) return error.message;
  return repliesByCode.get(errorCode(error) ?? '') ?? '451 The action was aborted: local error.';
}
