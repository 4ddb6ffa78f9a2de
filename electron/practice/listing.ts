import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatFtpTime, formatListTime } from './ftpTime.ts';

/** A file or folder as a listing shows it. */
export interface ListedEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export function describeEntry(name: string, stats: Stats): ListedEntry {
  return { name, folder: stats.isDirectory(), sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
}

/**
 * What a folder holds, sorted by name.
 *
 * Promise: links, devices and names with control characters are left out: clients cannot reach them.
 */
export async function readEntries(folder: string): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for (const name of (await readdir(folder)).sort()) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in a name would forge an entry.
    if (/[\u0000-\u001f\u007f]/.test(name)) continue;
    // A file may be gone again between the listing and the look at it.
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats?.isFile() || stats?.isDirectory()) entries.push(describeEntry(name, stats));
  }
  return entries;
}

/** One line of LIST, in the form of `ls -l`. */
export function formatListLine(entry: ListedEntry, nowMs: number): string {
  const mode = entry.folder ? 'drwxr-xr-x   2' : '-rw-r--r--   1';
  const size = String(entry.sizeBytes).padStart(12);
  return `${mode} ftp      ftp      ${size} ${formatListTime(entry.modifiedMs, nowMs)} ${entry.name}`;
}

/** One line of MLSD or MLST. Source: RFC 3659 §7. */
export function formatFactLine(entry: ListedEntry): string {
  const facts = [
    `type=${entry.folder ? 'dir' : 'file'};`,
    entry.folder ? '' : `size=${entry.sizeBytes};`,
    `modify=${formatFtpTime(entry.modifiedMs)};`,
    `perm=${entry.folder ? 'cdeflmp' : 'adfrw'};`,
  ];
  return `${facts.join('')} ${entry.name}`;
}
