import { ExchangeError } from '../../../shared/errors.ts';
import { parentOfPath } from '../remotePath.ts';
import { alreadyExists, notFound, renameRefused } from '../transportErrors.ts';
import { bareYes, request } from './request.ts';
import { type SftpSession, serverPath } from './sftpSession.ts';
import { folderIsThere, lookAt } from './statFile.ts';
import { SftpRefusal, statusError } from './statusError.ts';

/**
 * Moves a file: by posix-rename@openssh.com where the server has it, which is atomic and replaces what is there;
 * otherwise by RENAME, which refuses an existing target.
 *
 * Errors: not-found, exists, forbidden, rename-refused.
 */
export async function renameFile(session: SftpSession, from: string, to: string): Promise<void> {
  try {
    if (await renamePosix(session, from, to)) return;
    await request(session, {
      what: `renaming ${from} to ${to}`,
      send: (answered) => session.sftp.rename(serverPath(session, from), serverPath(session, to), answered),
      read: bareYes,
    });
  } catch (error) {
    throw error instanceof SftpRefusal ? await refused(session, from, to, error) : error;
  }
}

/** False where the server does not have it. */
async function renamePosix(session: SftpSession, from: string, to: string): Promise<boolean> {
  const { knowledge, sftp } = session;
  if (knowledge.posixRename === false) return false;
  try {
    await request(session, {
      what: `renaming ${from} to ${to}`,
      send: (answered) =>
        sftp.ext_openssh_rename(serverPath(session, from), serverPath(session, to), answered),
      read: bareYes,
    });
    knowledge.posixRename = true;
    return true;
  } catch (error) {
    if (error instanceof ExchangeError) throw error;
    if (error instanceof SftpRefusal) {
      knowledge.posixRename = true;
      throw error;
    }
    // The library says so before anything is sent.
    knowledge.posixRename = false;
    return false;
  }
}

/** A refusal says too little: the server is asked what is there. */
async function refused(
  session: SftpSession,
  from: string,
  to: string,
  refusal: SftpRefusal,
): Promise<ExchangeError> {
  const error = statusError(refusal, `renaming ${from} to ${to}`);
  if ((await lookAt(session, from)) === undefined) return notFound(from);
  if ((await lookAt(session, to)) !== undefined && error.code !== 'forbidden') return alreadyExists(to);
  const parent = parentOfPath(to);
  if (!(await folderIsThere(session, parent)))
    return renameRefused(`${from} cannot be renamed to ${to}: the folder ${parent} is not there.`, error);
  if (error.code === 'forbidden' || error.code === 'no-room') return error;
  return renameRefused(`The server refuses to rename ${from} to ${to}. It said: ${refusal.words}`, error);
}
