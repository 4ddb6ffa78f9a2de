import { connectionLost } from '../transportErrors.ts';
import { isRefusal, isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { expectSuccessOrRefusal, prepareNames } from './ftpSessionCommands.ts';
import { pathArgument } from './pathArgument.ts';
import { badReply, replyError } from './replyError.ts';

/**
 * Runs work with a folder as the current directory, then returns to the home directory. The connection is
 * closed where the way back fails, because every later path would mean another place.
 *
 * Errors: what a refused CWD means, most often not-found.
 */
export async function inFolder<T>(session: FtpSession, folder: string, work: () => Promise<T>): Promise<T> {
  const { control } = session;
  await prepareNames(session, folder);
  const home = await homePath(session);
  const entered = await control.request(`CWD ${pathArgument(folder)}`);
  expectSuccessOrRefusal(session, entered, `CWD ${folder}`);
  if (isRefusal(entered)) throw replyError(entered, control.quote(entered), `entering ${folder}`);
  try {
    return await work();
  } finally {
    if (control.failure === undefined) {
      const back = await control.request(`CWD ${home}`);
      if (!isSuccess(back)) control.fail(connectionLost('The way back to the home directory failed.'));
    }
  }
}

/** Whether a folder is there and may be entered. */
export async function folderExists(session: FtpSession, folder: string): Promise<boolean> {
  if (folder === '') return true;
  const { control } = session;
  await prepareNames(session, folder);
  const home = await homePath(session);
  const entered = await control.request(`CWD ${pathArgument(folder)}`);
  expectSuccessOrRefusal(session, entered, `CWD ${folder}`);
  if (isRefusal(entered)) return false;
  const back = await control.request(`CWD ${home}`);
  if (!isSuccess(back)) control.fail(connectionLost('The way back to the home directory failed.'));
  return true;
}

/** The home directory as the server names it, asked once per connection and only where it is needed. */
async function homePath(session: FtpSession): Promise<string> {
  if (session.homePath !== undefined) return session.homePath;
  const { control } = session;
  const reply = await control.request('PWD');
  const path = parsePwdReply(reply.text);
  if (reply.code !== 257 || path === undefined) {
    if (isRefusal(reply)) throw replyError(reply, control.quote(reply), 'PWD');
    const error = badReply(control.quote(reply), 'PWD');
    control.fail(error);
    throw error;
  }
  session.homePath = path;
  return path;
}

/** The quoted directory of a 257 reply, doubled quotes undone. Source: RFC 959 appendix II. */
export function parsePwdReply(text: string): string | undefined {
  const match = /"((?:[^"]|"")*)"/.exec(text);
  const path = match?.[1]?.replaceAll('""', '"');
  return path === undefined || path === '' || /\p{Cc}/u.test(path) ? undefined : path;
}
