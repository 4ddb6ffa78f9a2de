import { link as hardLink, lstat, rename, unlink } from 'node:fs/promises';
import { failedWith } from './folderError.ts';

/**
 * Moves a file to a name that must be free.
 *
 * Promise: an existing target is never replaced where the file system has hard links: the new name is linked,
 *          which fails when it is taken, then the old one is removed; both show the same whole file in
 *          between. Where there are no links (FAT, exFAT, many shares) it looks and then renames; names that
 *          are never used twice make the moment in between harmless.
 * Errors:  Node's own file errors; EEXIST when the target is taken.
 */
export async function moveWithoutReplacing(
  from: string,
  to: string,
  link: (existing: string, created: string) => Promise<void> = hardLink,
): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (failedWith(error, 'EEXIST', 'ENOENT', 'ENOTDIR')) throw error;
    await lookThenRename(from, to);
    return;
  }
  try {
    await unlink(from);
  } catch (error) {
    // Windows refuses while a scanner holds the file: undone, so that the move can be tried again.
    await unlink(to);
    throw error;
  }
}

async function lookThenRename(from: string, to: string): Promise<void> {
  const taken = await lstat(to).catch((error: unknown) => {
    if (failedWith(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (taken !== undefined) throw Object.assign(new Error(`exists: ${to}`), { code: 'EEXIST' });
  await rename(from, to);
}
