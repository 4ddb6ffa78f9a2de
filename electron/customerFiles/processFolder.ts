import type { DropFolderSettings } from '../../shared/dropFolderSettings.ts';
import { keyInName } from '../../shared/dropFolderSettings.ts';
import { ExchangeError } from '../../shared/errors.ts';
import type { DropFolder, DropFolderRun, Settlement, TakenFile } from '../dropFolders/dropFolder.ts';
import { takeFiles } from '../dropFolders/takeFiles.ts';
import type { Records } from '../records/records.ts';
import type { CustomerFiles } from './customerFiles.ts';
import { identify } from './identify.ts';
import { finishPending } from './resolveUnidentified.ts';

export interface FolderTally {
  attached: number;
  /** Files with content that their customer had already. */
  again: number;
  unidentified: number;
  /** Left for a later run: still being uploaded. */
  growing: number;
  /** Could not be taken; each was noted. */
  failed: number;
}

export interface ProcessParts {
  readonly folder: DropFolderSettings;
  readonly records: Records;
  readonly files: CustomerFiles;
  readonly run: DropFolderRun;
}

/** Servers that do not show a folder to its end stop at such a number. */
const mostListed = 9_990;

/**
 * Takes what partners have put into one drop folder: each file is attached to its customer, or moved to the folder's
 * `unidentified`.
 *
 * Promise: nothing leaves the FTP site before it is attached here for good; no file is attached twice; what is
 *          unidentified is not processed again by itself.
 * Errors:  the transport's, where it is not about a single file.
 */
export async function processFolder({ folder, records, files, run }: ProcessParts): Promise<FolderTally> {
  const tally: FolderTally = { attached: 0, again: 0, unidentified: 0, growing: 0, failed: 0 };
  const own: DropFolderRun = {
    ...run,
    onMoved: (claimId, path) => files.setRemoteName(claimId, path.slice(path.lastIndexOf('/') + 1)),
  };
  await finishPending(files, run).catch((error: unknown) => {
    if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
    run.note('warning', error.message);
  });
  const drop: DropFolder = { path: folder.path, takes: isFinishedName };
  const taken = await takeFiles(drop, own, (file) => handle(file, { folder, records, files, run }, tally));
  await lookAtUnidentified(folder, files, run);
  return { ...tally, growing: taken.growing, failed: taken.failed };
}

/** Where files that nobody was found for go. */
function unidentifiedFolder(path: string): string {
  return `${path}/unidentified`;
}

/** Hidden files, and the names that FTP programs give to uploads under way: they are renamed when they are whole. */
function isFinishedName(name: string): boolean {
  return !/^\.|\.(?:part|partial|filepart|tmp|crdownload)$/i.test(name);
}

async function handle(
  file: TakenFile,
  { folder, records, files, run }: ProcessParts,
  tally: FolderTally,
): Promise<Settlement> {
  const key = keyInName(file.name, folder.pattern);
  const found = key === undefined ? 'no-key' : identify(records, folder, key);
  const { name, localPath, sizeBytes, sha256, modifiedMs, claimId } = file;
  if (typeof found === 'object') {
    const request = { customer: found, name, localPath, sizeBytes, sha256, modifiedMs, folder, claimId };
    const { attachment, again } = await files.attach(request);
    tally[again ? 'again' : 'attached'] += 1;
    const version = attachment.version > 1 ? ` as version ${attachment.version}` : '';
    run.note(
      'info',
      again
        ? `${name}: ${found.label} (${found.customer}) has this file already.`
        : `${name} was attached to ${found.label} (${found.customer})${version}.`,
    );
    return { do: 'remove' };
  }
  files.addUnidentified({
    folder: folder.path,
    name,
    key: key ?? '',
    reason: found,
    sizeBytes,
    modifiedMs,
    claimId,
  });
  tally.unidentified += 1;
  run.note('warning', `${name} could not be identified and is in ${unidentifiedFolder(folder.path)}.`);
  return { do: 'move', to: unidentifiedFolder(folder.path) };
}

/** People put files there, and take some away, with FTP programs of their own. */
async function lookAtUnidentified(
  folder: DropFolderSettings,
  files: CustomerFiles,
  run: DropFolderRun,
): Promise<void> {
  const path = unidentifiedFolder(folder.path);
  const entries = await run.pool.use(async (transport) => {
    await transport.makeFolder(path, run);
    return await transport.list(path, run);
  }, run.signal);
  const found = entries.filter((entry) => entry.kind === 'file');
  files.reconcile(folder.path, found, entries.length < mostListed);
}
