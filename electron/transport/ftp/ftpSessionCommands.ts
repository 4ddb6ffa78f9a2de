import { type FtpReply, isRefusal, isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { badReply, replyError } from './replyError.ts';

/** A reply that is neither the success that was asked for nor a refusal: replies may be out of step. */
export function expectSuccessOrRefusal(session: FtpSession, reply: FtpReply, what: string): void {
  if (isSuccess(reply) || isRefusal(reply)) return;
  const error = badReply(session.control.quote(reply), what);
  session.control.fail(error);
  throw error;
}

/**
 * Binary mode, once per connection: SIZE, APPE and REST count bytes only in it, and ASCII mode would change
 * them.
 */
export async function chooseBinary(session: FtpSession): Promise<void> {
  if (session.binary) return;
  const reply = await session.control.request('TYPE I');
  if (!isSuccess(reply)) throw replyError(reply, session.control.quote(reply), 'TYPE I, binary transfer');
  session.binary = true;
}

/**
 * Asks for UTF-8 names, once per connection, before the first name that needs it. Most servers speak it
 * anyway and many refuse the command: its answer does not matter.
 */
export async function chooseUtf8(session: FtpSession): Promise<void> {
  const { features, knowledge } = session;
  if (session.utf8Asked || !features.utf8 || knowledge.utf8Refused) return;
  session.utf8Asked = true;
  knowledge.utf8Refused = !isSuccess(await session.control.request('OPTS UTF8 ON'));
}

/** Prepares the connection for names in a command. */
export async function prepareNames(session: FtpSession, ...paths: readonly string[]): Promise<void> {
  if (paths.some((path) => /[^\p{ASCII}]/u.test(path))) await chooseUtf8(session);
}
