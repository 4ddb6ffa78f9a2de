import { lstat, rename, unlink, utimes } from 'node:fs/promises';
import { FtpReply } from '../ftpReply.ts';
import { formatFtpTime, parseFtpTime } from '../ftpTime.ts';
import { resolveClientPath } from '../rootFolder.ts';
import type { CommandHandler, Session } from '../session.ts';

async function locateFile(
  session: Session,
  argument: string,
): Promise<{ local: string; size: number; ms: number }> {
  const local = await session.site.root.locate(resolveClientPath(session.folder, argument));
  const stats = await lstat(local);
  if (!stats.isFile()) throw new FtpReply('550 Not a plain file.');
  return { local, size: stats.size, ms: stats.mtimeMs };
}

const size: CommandHandler = async (session, argument) => `213 ${(await locateFile(session, argument)).size}`;

const mdtm: CommandHandler = async (session, argument) =>
  `213 ${formatFtpTime((await locateFile(session, argument)).ms)}`;

/** Source: draft-somers-ftp-mfxx §3. */
const mfmt: CommandHandler = async (session, argument) => {
  const [time = '', ...rest] = argument.split(' ');
  const ms = parseFtpTime(time);
  if (ms === undefined || rest.length === 0) return '501 Not a time and a path.';
  const path = rest.join(' ');
  const { local } = await locateFile(session, path);
  await utimes(local, ms / 1000, ms / 1000);
  return `213 Modify=${time}; ${path}`;
};

const dele: CommandHandler = async (session, argument) => {
  await unlink((await locateFile(session, argument)).local);
  return '250 Deleted.';
};

const rnfr: CommandHandler = async (session, argument) => {
  const path = resolveClientPath(session.folder, argument);
  if (path === '/') throw new FtpReply('550 Permission denied.');
  await lstat(await session.site.root.locate(path));
  session.renameFrom = path;
  return '350 Ready for RNTO.';
};

/** Replaces an existing file, as most servers do. */
const rnto: CommandHandler = async (session, argument) => {
  const from = session.renameFrom;
  if (from === undefined) return '503 Send RNFR first.';
  const { root } = session.site;
  await rename(await root.locate(from), await root.locate(resolveClientPath(session.folder, argument)));
  return '250 Renamed.';
};

export const fileCommands: ReadonlyMap<string, CommandHandler> = new Map([
  ['SIZE', size],
  ['MDTM', mdtm],
  ['MFMT', mfmt],
  ['DELE', dele],
  ['RNFR', rnfr],
  ['RNTO', rnto],
]);
