import { parentOfPath } from '../remotePath.ts';
import { alreadyExists, forbidden } from '../transportErrors.ts';
import { bareYes, request } from './request.ts';
import { type SftpSession, serverPath } from './sftpSession.ts';
import { lookAt } from './statFile.ts';
import { SftpRefusal, saysMissing, sftpStatus, statusError } from './statusError.ts';

/** Deletes a file. True when it was there. */
export async function removeFile(session: SftpSession, path: string): Promise<boolean> {
  try {
    await request(session, {
      what: `deleting ${path}`,
      send: (answered) => session.sftp.unlink(serverPath(session, path), answered),
      read: bareYes,
    });
    return true;
  } catch (error) {
    return await wasThere(session, path, error, `deleting ${path}`);
  }
}

/** Removes an empty folder. True when it was there. */
export async function removeFolder(session: SftpSession, folder: string): Promise<boolean> {
  try {
    await request(session, {
      what: `removing ${folder}`,
      send: (answered) => session.sftp.rmdir(serverPath(session, folder), answered),
      read: bareYes,
    });
    return true;
  } catch (error) {
    return await wasThere(session, folder, error, `removing ${folder}`);
  }
}

/** False where nothing is there; otherwise throws what the refusal means. */
async function wasThere(session: SftpSession, path: string, error: unknown, what: string): Promise<false> {
  if (!(error instanceof SftpRefusal)) throw error;
  if (saysMissing(error) || (await lookAt(session, path)) === undefined) return false;
  const meaning = statusError(error, what);
  // It is there and the server does not remove it: that will not change by itself.
  throw meaning.code === 'server-trouble'
    ? forbidden(`The server refuses ${what}. It said: ${error.words}`, error)
    : meaning;
}

/** Makes a folder and its parents, the deepest first: mostly only that one is missing, or none. */
export async function makeFolder(session: SftpSession, folder: string): Promise<void> {
  if (folder === '') return;
  try {
    await makeOne(session, folder);
  } catch (error) {
    if (!(error instanceof SftpRefusal) || !saysMissing(error))
      throw await folderError(session, folder, error);
    await makeFolder(session, parentOfPath(folder));
    await makeOne(session, folder).catch(async (again: unknown) => {
      throw await folderError(session, folder, again);
    });
  }
}

async function makeOne(session: SftpSession, folder: string): Promise<void> {
  try {
    await request(session, {
      what: `making the folder ${folder}`,
      send: (answered) => session.sftp.mkdir(serverPath(session, folder), answered),
      read: bareYes,
    });
  } catch (error) {
    if (!(error instanceof SftpRefusal) || saysMissing(error)) throw error;
    // "Failure" is what OpenSSH says of an existing one; others say "permission denied".
    if ((await lookAt(session, folder))?.kind === 'folder') return;
    throw error;
  }
}

async function folderError(session: SftpSession, folder: string, error: unknown): Promise<unknown> {
  if (!(error instanceof SftpRefusal)) return error;
  if ((await lookAt(session, folder)) !== undefined) return alreadyExists(folder);
  const meaning = statusError(error, `making the folder ${folder}`);
  const unclear = meaning.code === 'server-trouble' && error.status === sftpStatus.failure;
  return unclear
    ? forbidden(`The server does not make the folder ${folder}. It said: ${error.words}`, error)
    : meaning;
}
