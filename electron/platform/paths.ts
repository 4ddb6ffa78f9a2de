import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep, win32 } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';

/** Where everything of one data directory lies. Absolute paths. */
export interface DataPaths {
  readonly dataDir: string;
  readonly settings: string;
  readonly ledger: string;
  /** Datasets. */
  readonly records: string;
  /** The index of customers' files. */
  readonly customerFiles: string;
  readonly vault: string;
  /** Files to be sent, by channel. */
  readonly outgoing: string;
  /** Files that arrived, by channel and site. */
  readonly incoming: string;
  /** Outgoing files that are safely queued. */
  readonly sent: string;
  /** Packets this site made. */
  readonly backup: string;
  /** Packets that were refused whole, with the reason. */
  readonly rejected: string;
  /** Arrived files that were not put in place, because their name exists (setting `refuse`). */
  readonly refused: string;
  /** Downloads under way and done, not yet read. */
  readonly inbox: string;
  /** Customers' files. */
  readonly attachments: string;
}

/** The folders that files travel through: none may lie in another. */
const workingFolders = [
  'outgoing',
  'incoming',
  'sent',
  'backup',
  'rejected',
  'refused',
  'inbox',
  'attachments',
] as const;

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder. */
  readonly home: string;
}

/**
 * The data directory when none is named: BRANCHLINE_DATA_DIR, or the place where this system keeps programs'
 * own data.
 *
 * Source: XDG Base Directory Specification (a relative XDG_DATA_HOME is to be ignored); Apple's File System
 *         Programming Guide; Windows known folders.
 */
export function defaultDataDir({ platform, env, home }: Surroundings): string {
  const named = env['BRANCHLINE_DATA_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    return win32.join(local || win32.join(home, 'AppData', 'Local'), 'Branchline');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Branchline');
  const xdg = env['XDG_DATA_HOME'];
  const base = xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share');
  return posix.join(base, 'branchline');
}

/** Before there are settings, every folder has its default place. */
export function dataPaths(dataDir: string, folders: Settings['folders'] = {}): DataPaths {
  return {
    dataDir,
    settings: join(dataDir, 'settings.json'),
    ledger: join(dataDir, 'ledger.db'),
    records: join(dataDir, 'records.db'),
    customerFiles: join(dataDir, 'customer-files.db'),
    vault: join(dataDir, 'vault.json'),
    outgoing: folders.outgoing ?? join(dataDir, 'outgoing'),
    incoming: folders.incoming ?? join(dataDir, 'incoming'),
    sent: folders.sent ?? join(dataDir, 'sent'),
    backup: folders.backup ?? join(dataDir, 'backup'),
    rejected: join(dataDir, 'rejected'),
    refused: join(dataDir, 'refused'),
    inbox: join(dataDir, 'inbox'),
    attachments: folders.attachments ?? join(dataDir, 'attachments'),
  };
}

/**
 * Refuses folders that lie in each other: what arrives would be sent back, what was sent would be sent again.
 * Links are followed as far as the folders exist.
 *
 * Errors: fix: `invalid-settings`, naming both folders.
 */
export function checkFolders(paths: DataPaths): void {
  for (const name of workingFolders) {
    if (!isAbsolute(paths[name])) {
      throw invalidFolders(
        `The folder "${name}" is set to ${paths[name]}, which does not say where it begins.`,
        'Give the whole path, from the root or the drive letter on.',
      );
    }
  }
  const real = new Map(workingFolders.map((name) => [name, comparable(paths[name])] as const));
  const dataDir = comparable(paths.dataDir);
  for (const [name, path] of real) {
    if (contains(path, dataDir)) {
      throw invalidFolders(
        `The folder "${name}" (${paths[name]}) holds Branchline's own data directory.`,
        `Choose a folder of its own for "${name}".`,
      );
    }
    for (const [other, otherPath] of real) {
      if (name !== other && contains(path, otherPath)) {
        throw invalidFolders(
          `The folder "${other}" (${paths[other]}) lies in the folder "${name}" (${paths[name]}).`,
          'Choose folders that do not lie in each other.',
        );
      }
    }
  }
}

function invalidFolders(message: string, advice: string): ExchangeError {
  return new ExchangeError({ code: 'invalid-settings', class: 'fix', message, advice });
}

/** True when `inner` is `outer` or lies in it. */
function contains(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** One spelling per folder, links resolved as far as there is something on the disk. */
function comparable(path: string): string {
  const real = resolveLinks(resolve(path));
  // Their file systems usually do not tell case apart; two folders that differ in case only are no good idea either way.
  return process.platform === 'win32' || process.platform === 'darwin' ? real.toLowerCase() : real;
}

function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(resolveLinks(parent), basename(path));
  }
}
