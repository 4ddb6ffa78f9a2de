import { type Attributes, readAttributes } from './attributes.ts';
import { request, told } from './request.ts';
import { type SftpSession, serverPath } from './sftpSession.ts';
import { badSftpReply, SftpRefusal, saysMissing, sftpStatus } from './statusError.ts';

/** What is there under a path; undefined where there is nothing, or where it may not be looked at. */
export async function lookAt(session: SftpSession, path: string): Promise<Attributes | undefined> {
  const what = `looking at ${path === '' ? 'the home directory' : path}`;
  try {
    return await request(session, {
      what,
      send: (answered) => session.sftp.stat(serverPath(session, path), answered),
      read: readAttributes,
    });
  } catch (error) {
    if (!(error instanceof SftpRefusal)) throw error;
    // OpenSSH answers "failure" where a part of the path is a file.
    if (
      saysMissing(error) ||
      error.status === sftpStatus.permissionDenied ||
      error.status === sftpStatus.failure
    )
      return undefined;
    return await told(what, Promise.reject(error));
  }
}

export async function fileSize(session: SftpSession, path: string): Promise<number | undefined> {
  const found = await lookAt(session, path);
  if (found === undefined || found.kind === 'folder' || found.kind === 'other') return undefined;
  if (found.sizeBytes === undefined) throw badSftpReply(`the size of ${path}`);
  return found.sizeBytes;
}

export async function modifiedTime(session: SftpSession, path: string): Promise<number | undefined> {
  const found = await lookAt(session, path);
  return found?.kind === 'folder' ? undefined : found?.modifiedMs;
}

export async function folderIsThere(session: SftpSession, folder: string): Promise<boolean> {
  const found = await lookAt(session, folder);
  return found?.kind === 'folder';
}
