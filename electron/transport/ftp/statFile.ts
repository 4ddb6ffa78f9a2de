import { parentOfPath } from '../remotePath.ts';
import { isRefusal, isSuccess, isUnknownCommand } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { chooseBinary, prepareNames } from './ftpSessionCommands.ts';
import { listFolder } from './listFolder.ts';
import { pathArgument } from './pathArgument.ts';
import { badReply, replyError } from './replyError.ts';
import { parseTimeValue } from './timeValue.ts';

/** A file's size by SIZE; from the listing where the server has no SIZE. Undefined where there is no such file. */
export async function fileSize(session: FtpSession, path: string): Promise<number | undefined> {
  const { control } = session;
  await chooseBinary(session);
  await prepareNames(session, path);
  const reply = await control.request(`SIZE ${pathArgument(path)}`);
  if (reply.code === 213) {
    const match = /^213[ -]\s*(\d{1,15})\b/.exec(reply.text);
    if (match === null) throw badReply(control.quote(reply), `SIZE ${path}`);
    return Number(match[1]);
  }
  if (isUnknownCommand(reply)) return sizeFromListing(session, path);
  if (reply.code === 550 || reply.code === 553) return undefined;
  if (isRefusal(reply)) throw replyError(reply, control.quote(reply), `asking for the size of ${path}`);
  const error = badReply(control.quote(reply), `SIZE ${path}`);
  control.fail(error);
  throw error;
}

async function sizeFromListing(session: FtpSession, path: string): Promise<number | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const entries = await listFolder(session, parentOfPath(path));
  return entries.find((entry) => entry.name === name && entry.kind === 'file')?.sizeBytes;
}

/** The modified time by MDTM, epoch milliseconds; undefined where the server cannot tell. */
export async function modifiedTime(session: FtpSession, path: string): Promise<number | undefined> {
  const { control } = session;
  await prepareNames(session, path);
  const reply = await control.request(`MDTM ${pathArgument(path)}`);
  if (isSuccess(reply)) return parseTimeValue(reply.text.slice(4).trim());
  if (isUnknownCommand(reply) || reply.code === 550 || reply.code === 553) return undefined;
  throw replyError(reply, control.quote(reply), `asking for the time of ${path}`);
}
