import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { FileStamp } from './packet.ts';

/** The stamp of a file from its `stat` (with bigint). The one place that decides how a stamp is written. */
export function stampFromStat(stat: BigIntStats): FileStamp {
  return { sizeBytes: Number(stat.size), modifiedNs: String(stat.mtimeNs), inode: `${stat.dev}:${stat.ino}` };
}

/** What a file looks like now; undefined when it is gone or is not a plain file. */
export async function stampOf(path: string): Promise<FileStamp | undefined> {
  try {
    const stat = await lstat(path, { bigint: true });
    return stat.isFile() ? stampFromStat(stat) : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedNs === b.modifiedNs && a.inode === b.inode;
}
