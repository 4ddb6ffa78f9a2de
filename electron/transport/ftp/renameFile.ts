import { ExchangeError } from '../../../shared/errors.ts';
import { parentOfPath } from '../remotePath.ts';
import { alreadyExists, forbidden, notFound } from '../transportErrors.ts';
import { type FtpReply, isRefusal, isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { expectSuccessOrRefusal, prepareNames } from './ftpSessionCommands.ts';
import { folderExists } from './inFolder.ts';
import { pathArgument } from './pathArgument.ts';
import { badReply, replyError } from './replyError.ts';
import { fileSize } from './statFile.ts';

/**
 * Moves a file. A refusal says too little on most servers: they are asked what is there.
 *
 * Errors: not-found, exists, forbidden, rename-refused.
 * Source: RFC 959 §5.4 RNFR/RNTO.
 */
export async function renameFile(session: FtpSession, from: string, to: string): Promise<void> {
  const { control } = session;
  await prepareNames(session, from, to);
  const ready = await control.request(`RNFR ${pathArgument(from)}`);
  if (ready.code !== 350) {
    if (isRefusal(ready)) throw await sourceRefused(session, ready, from);
    const error = badReply(control.quote(ready), `RNFR ${from}`);
    control.fail(error);
    throw error;
  }
  const reply = await control.request(`RNTO ${pathArgument(to)}`);
  expectSuccessOrRefusal(session, reply, `RNTO ${to}`);
  if (!isSuccess(reply)) throw await targetRefused(session, reply, from, to);
}

async function sourceRefused(session: FtpSession, reply: FtpReply, from: string): Promise<ExchangeError> {
  const quoted = session.control.quote(reply);
  const error = replyError(reply, quoted, `renaming ${from}`);
  if (error.class !== 'fix') return error;
  if ((await fileSize(session, from)) === undefined) return notFound(from);
  return forbidden(`The server does not allow renaming ${from}. It said: ${quoted}`, error);
}

async function targetRefused(
  session: FtpSession,
  reply: FtpReply,
  from: string,
  to: string,
): Promise<ExchangeError> {
  const quoted = session.control.quote(reply);
  const error = replyError(reply, quoted, `renaming ${from} to ${to}`);
  if (error.class !== 'fix') return error;
  if ((await fileSize(session, to)) !== undefined) {
    session.knowledge.renameReplaces = false;
    return alreadyExists(to);
  }
  if ((await fileSize(session, from)) === undefined) return notFound(from);
  const parent = parentOfPath(to);
  if (await folderExists(session, to)) return alreadyExists(to);
  const missing = !(await folderExists(session, parent));
  if (error.code === 'forbidden' && !missing && /denied|permi|allow/i.test(reply.text)) return error;
  return new ExchangeError({
    code: 'rename-refused',
    class: 'fix',
    message: missing
      ? `${from} cannot be renamed to ${to}: the folder ${parent} is not there.`
      : `The server refuses to rename ${from} to ${to}. It said: ${quoted}`,
    advice: 'Ask for the right to rename files, also from one folder to another.',
    reply: quoted,
    cause: error,
  });
}
