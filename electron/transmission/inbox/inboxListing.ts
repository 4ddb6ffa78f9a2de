import {
  allFolder,
  inboxFolder,
  parseRemoteName,
  type RemoteName,
  welcomeFile,
} from '../../../shared/remoteNames.ts';
import type { RemoteEntry } from '../../transport/transport.ts';
import { knownWelcome, takeWelcome } from '../office/welcome.ts';
import type { RunContext } from '../siteContext.ts';

/** A packet or receipt on the server that is meant for this site. */
export interface InboxFile {
  readonly name: RemoteName;
  readonly fileName: string;
  /** Path relative to the home directory. */
  readonly path: string;
  /** This site is the one to delete it; packets in all/ are removed by the central site. */
  readonly ours: boolean;
  readonly sizeBytes: number | undefined;
}

export interface InboxListing {
  readonly packets: readonly InboxFile[];
  readonly receipts: readonly InboxFile[];
}

/** Lists what the server holds for this site. Names that Branchline did not make are left alone and said. */
export async function listInbox(run: RunContext): Promise<InboxListing> {
  const inbox = inboxFolder(run.me);
  const list = (folder: string) =>
    run.pool.use((transport) => transport.list(folder, { signal: run.signal }), run.signal);
  const [own, broadcast] = await Promise.all([list(inbox), run.me === 'central' ? [] : list(allFolder)]);
  if (run.me !== 'central') await noticeWelcome(run, own);
  const files = chosen(run, inbox, own, true);
  const names = new Set(files.map((file) => file.fileName));
  // A broadcast that was sent again to this site alone: its own copy counts, because it is ours to delete.
  for (const file of chosen(run, allFolder, broadcast, false))
    if (!names.has(file.fileName)) files.push(file);
  return {
    packets: files.filter((file) => file.name.kind === 'packet'),
    receipts: files.filter((file) => file.name.kind === 'receipt'),
  };
}

async function noticeWelcome(run: RunContext, own: readonly RemoteEntry[]): Promise<void> {
  const file = welcomeFile(run.me);
  const entry = own.find((candidate) => `${inboxFolder(run.me)}/${candidate.name}` === file);
  if (entry === undefined) return;
  const seen = `${entry.sizeBytes ?? ''} ${entry.modifiedMs ?? ''}`;
  if (knownWelcome(run)?.seen === seen) return;
  await run.pool.use((transport) => takeWelcome(run, transport, seen), run.signal);
}

function chosen(
  run: RunContext,
  folder: string,
  entries: readonly RemoteEntry[],
  ours: boolean,
): InboxFile[] {
  const files = new Map<string, InboxFile>();
  let strange = 0;
  for (const entry of entries) {
    if (entry.kind === 'folder') continue;
    const name = parseRemoteName(entry.name);
    if (name === undefined) {
      if (!/^(site|welcome)\.json$|\.part$/.test(entry.name)) strange += 1;
    } else if (isForUs(run, name)) {
      files.set(entry.name, {
        name,
        fileName: entry.name,
        path: `${folder}/${entry.name}`,
        ours,
        sizeBytes: entry.sizeBytes,
      });
    } else {
      run.attention(
        `${folder}/${entry.name} on the server is not meant for this site; somebody may have moved it.`,
      );
    }
  }
  if (strange > 0)
    run.note('info', `${strange} file(s) in ${folder} are not Branchline's and were left alone.`);
  return [...files.values()];
}

function isForUs(run: RunContext, name: RemoteName): boolean {
  if (name.from === run.me) return false;
  if (run.me === 'central') return name.to === 'central';
  return name.from === 'central' && (name.to === run.me || (name.to === 'all' && name.kind === 'packet'));
}
