import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import type { Settings } from '../../../../shared/settings.ts';
import { fileErrorCode } from '../../../platform/fileError.ts';
import { dataPaths } from '../../../platform/paths.ts';
import type { AreaParts } from '../area.ts';
import { type Finding, failed, fine, note } from './finding.ts';

const megabyte = 1_000_000;
/** Below this, transmissions will soon fail; below the other, somebody should look. */
const littleBytes = 100 * megabyte;
const modestBytes = 1000 * megabyte;

function foldersOf(dataDir: string, settings: Settings) {
  const { outgoing, incoming, sent, backup, rejected, refused, inbox } = dataPaths(dataDir, settings.folders);
  return { outgoing, incoming, sent, backup, rejected, refused, inbox };
}

export function checkFolders(dataDir: string, settings: Settings): Finding {
  const folders = foldersOf(dataDir, settings);
  for (const [name, path] of Object.entries({ 'data directory': dataDir, ...folders })) {
    const trouble = troubleOf(path);
    if (trouble === undefined) continue;
    return failed(
      'data-dir-not-writable',
      `The ${name} folder ${path} ${trouble}.`,
      'Files cannot be taken from it or put into it.',
      'Make it, or give the account that runs Branchline the right to read and write there.',
    );
  }
  const disk = (path: string) => statSync(path).dev;
  const apart = [
    ...(disk(folders.outgoing) === disk(folders.sent) ? [] : ['outgoing and sent']),
    ...(disk(folders.inbox) === disk(folders.incoming) ? [] : ['the data directory and incoming']),
  ];
  if (apart.length === 0) return fine('All there, writable, on one disk.');
  return note(
    `On different disks: ${apart.join('; ')}.`,
    'Files are copied there instead of moved: as safe, but slower, and for a moment they need room twice.',
    'Nothing has to be done.',
  );
}

function troubleOf(path: string): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return 'is no folder';
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return fileErrorCode(error) === 'ENOENT' ? 'is not there' : 'may not be read and written';
  }
}

/** `free`: asks the disk that holds a folder; a test passes its own. */
export function checkDisk(
  dataDir: string,
  settings: Settings | undefined,
  free: (path: string) => number = freeBytes,
): Finding {
  const folders = settings === undefined ? {} : foldersOf(dataDir, settings);
  const rooms = Object.values({ dataDir, ...folders })
    .filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
    .map((path) => ({ path, bytes: free(path) }));
  const [least] = rooms.toSorted((one, other) => one.bytes - other.bytes);
  if (least === undefined) return note('It could not be measured.', '', '');
  const detail = `${Math.floor(least.bytes / megabyte)} MB free for ${least.path}.`;
  if (least.bytes >= modestBytes) return fine(detail);
  const meaning = 'When there is no room left, nothing can be packed or received.';
  const advice =
    'Free some space on this disk; delivery.backupDays and delivery.sentDays say how long copies are kept.';
  return least.bytes < littleBytes
    ? failed('disk-full', detail, meaning, advice)
    : note(detail, meaning, advice);
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

export function checkLedger({ ledger }: AreaParts): Finding {
  const { sound, formatVersion, sizeBytes, rows } = ledger.survey();
  if (sound) {
    const count = Object.values(rows).reduce((sum, rowsOfTable) => sum + rowsOfTable, 0);
    return fine(`Whole; format ${formatVersion}, ${count} rows, ${Math.ceil(sizeBytes / megabyte)} MB.`);
  }
  return failed(
    'ledger-damaged',
    'The record of what was sent and received is damaged.',
    'What it says cannot be relied on.',
    'Do not go on with it: set the site up anew with its GUID, as "A machine was replaced" in the README says.',
  );
}
