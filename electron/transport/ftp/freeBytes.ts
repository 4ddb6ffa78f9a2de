import type { FtpSession } from './ftpSession.ts';

/**
 * What can still be stored in the home directory, by AVBL. Undefined where the server does not advertise it.
 *
 * Source: draft-peterson-streamlined-ftp-command-extensions §4.
 */
export async function freeBytes(session: FtpSession): Promise<number | undefined> {
  if (!session.features.availableSpace) return undefined;
  const reply = await session.control.request('AVBL');
  const match = /^213[ -]\s*(\d{1,15})\b/.exec(reply.text);
  return match === null ? undefined : Number(match[1]);
}
