import { parentOfPath } from '../remotePath.ts';
import { type FtpReply, isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { expectSuccessOrRefusal, prepareNames } from './ftpSessionCommands.ts';
import { folderExists } from './inFolder.ts';
import { pathArgument } from './pathArgument.ts';
import { replyError } from './replyError.ts';

/** Makes a folder and its parents; an existing one is fine. Errors: forbidden, no-room, exists (a file). */
export async function makeFolder(session: FtpSession, folder: string): Promise<void> {
  if (folder === '') return;
  await prepareNames(session, folder);
  const first = await makeOne(session, folder);
  // All servers answer 550 to a folder that exists and to one whose parent is missing.
  if (first === undefined || (await folderExists(session, folder))) return;
  const parent = parentOfPath(folder);
  if (parent !== '' && !(await folderExists(session, parent))) await makeFolder(session, parent);
  // Also where the parent is there: somebody else may have made it, or this folder, since the first try.
  const second = await makeOne(session, folder);
  if (second === undefined || (await folderExists(session, folder))) return;
  throw replyError(second, session.control.quote(second), `making the folder ${folder}`);
}

async function makeOne(session: FtpSession, folder: string): Promise<FtpReply | undefined> {
  const reply = await session.control.request(`MKD ${pathArgument(folder)}`);
  expectSuccessOrRefusal(session, reply, `MKD ${folder}`);
  return isSuccess(reply) ? undefined : reply;
}
