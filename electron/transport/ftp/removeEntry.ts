import { forbidden } from '../transportErrors.ts';
import { isSuccess, isUnknownCommand } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { expectSuccessOrRefusal, prepareNames } from './ftpSessionCommands.ts';
import { folderExists } from './inFolder.ts';
import { pathArgument } from './pathArgument.ts';
import { replyError } from './replyError.ts';
import { fileSize } from './statFile.ts';

/** Deletes a file. A 550 says too little: the server is asked whether the file is there. */
export async function removeFile(session: FtpSession, path: string): Promise<boolean> {
  const { control } = session;
  await prepareNames(session, path);
  const reply = await control.request(`DELE ${pathArgument(path)}`);
  expectSuccessOrRefusal(session, reply, `DELE ${path}`);
  if (isSuccess(reply)) return true;
  const error = replyError(reply, control.quote(reply), `deleting ${path}`);
  if (reply.code < 500 || isUnknownCommand(reply) || reply.code === 530) throw error;
  if ((await fileSize(session, path)) === undefined) return false;
  throw error.code === 'not-found' ? forbidden(`The server does not delete ${path}.`, error) : error;
}

/** Removes an empty folder; false where there is none. Errors: forbidden, also for one that is not empty. */
export async function removeFolder(session: FtpSession, folder: string): Promise<boolean> {
  const { control } = session;
  await prepareNames(session, folder);
  const reply = await control.request(`RMD ${pathArgument(folder)}`);
  expectSuccessOrRefusal(session, reply, `RMD ${folder}`);
  if (isSuccess(reply)) return true;
  const error = replyError(reply, control.quote(reply), `removing the folder ${folder}`);
  if (reply.code < 500 || isUnknownCommand(reply) || reply.code === 530) throw error;
  if (!(await folderExists(session, folder))) return false;
  throw error.code === 'not-found' || error.code === 'exists'
    ? forbidden(`The server does not remove the folder ${folder}; it may not be empty.`, error)
    : error;
}
