import { lstat, mkdir, readdir, rmdir } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { FtpReply } from '../ftpReply.ts';
import { describeEntry, formatFactLine, formatListLine, type ListedEntry, readEntries } from '../listing.ts';
import { resolveClientPath } from '../rootFolder.ts';
import type { CommandHandler, Session } from '../session.ts';
import { sendLines } from '../transfer.ts';

/** A path in a reply stands in quotes, with its own quotes doubled. Source: RFC 959 appendix II. */
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}

const cwd: CommandHandler = async (session, argument) => {
  const path = resolveClientPath(session.folder, argument);
  const local = await session.site.root.locate(path);
  if (!(await lstat(local)).isDirectory()) throw new FtpReply('550 Not a folder.');
  session.folder = path;
  return `250 The folder is ${quoted(path)}.`;
};

const mkd: CommandHandler = async (session, argument) => {
  const path = resolveClientPath(session.folder, argument);
  await mkdir(await session.site.root.locate(path));
  return `257 ${quoted(path)} made.`;
};

const rmd: CommandHandler = async (session, argument) => {
  const path = resolveClientPath(session.folder, argument);
  if (path === '/') throw new FtpReply('550 Permission denied.');
  await rmdir(await session.site.root.locate(path));
  return '250 Removed.';
};

/** What a listing of a path shows: a folder's entries, or the one file. */
async function entriesOf(session: Session, argument: string): Promise<ListedEntry[]> {
  const path = resolveClientPath(session.folder, argument);
  const local = await session.site.root.locate(path);
  const stats = await lstat(local);
  return stats.isDirectory() ? await readEntries(local) : [describeEntry(basename(path), stats)];
}

/** Clients of `ls` habit send options with LIST and NLST. */
function withoutOptions(argument: string): string {
  return argument.replace(/^(-[A-Za-z1]+( |$))+/, '');
}

const list: CommandHandler = async (session, argument) => {
  const entries = await entriesOf(session, withoutOptions(argument));
  const now = session.site.clock.now();
  return sendLines(
    session,
    entries.map((entry) => formatListLine(entry, now)),
  );
};

const nlst: CommandHandler = async (session, argument) => {
  const entries = await entriesOf(session, withoutOptions(argument));
  return sendLines(
    session,
    entries.map((entry) => entry.name),
  );
};

const mlsd: CommandHandler = async (session, argument) => {
  const local = await session.site.root.locate(resolveClientPath(session.folder, argument));
  // Refuses a file, which MLSD must not list (RFC 3659 §7.1).
  await readdir(local);
  return sendLines(session, (await readEntries(local)).map(formatFactLine));
};

const mlst: CommandHandler = async (session, argument) => {
  const path = resolveClientPath(session.folder, argument);
  const stats = await lstat(await session.site.root.locate(path));
  return `250-Facts:\r\n ${formatFactLine(describeEntry(path, stats))}\r\n250 End.`;
};

export const folderCommands: ReadonlyMap<string, CommandHandler> = new Map([
  ['CWD', cwd],
  ['XCWD', cwd],
  ['CDUP', (session: Session) => cwd(session, '..')],
  ['XCUP', (session: Session) => cwd(session, '..')],
  ['PWD', (session: Session) => `257 ${quoted(session.folder)} is the folder.`],
  ['XPWD', (session: Session) => `257 ${quoted(session.folder)} is the folder.`],
  ['MKD', mkd],
  ['XMKD', mkd],
  ['RMD', rmd],
  ['XRMD', rmd],
  ['LIST', list],
  ['NLST', nlst],
  ['MLSD', mlsd],
  ['MLST', mlst],
]);
