import { copyFile, link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

export type PlaceRule = 'keep-both' | 'replace' | 'refuse';

/** How many names `keep-both` tries before it gives up and refuses. */
const mostSuffixes = 10_000;

/**
 * Moves a finished file to its place, whole and at once.
 *
 * Shape:   the path it came to stand at, or undefined when the rule (or a folder in its way) refused it; then
 *          the file stays where it was.
 * Promise: never half-written under a final name; never replaces a file unless the rule is `replace`.
 *          Repeating it after a kill ends the same way: a file that was already linked is recognised by inode.
 */
export async function placeFile(from: string, target: string, rule: PlaceRule): Promise<string | undefined> {
  let local = from;
  let folderMade = false;
  // Most files need neither a folder nor a copy: the move is tried first, and says what is missing.
  for (;;) {
    try {
      return await move(local, target, rule);
    } catch (error) {
      if (hasCode(error, 'ENOTDIR')) return undefined;
      if (hasCode(error, 'ENOENT') && !folderMade) {
        folderMade = true;
        if (!(await makeFolder(dirname(target)))) return undefined;
      } else if (hasCode(error, 'EXDEV') && local === from) {
        local = await bringToVolume(from, target);
      } else throw error;
    }
  }
}

/** False when a file has the name of a folder that is needed. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST', 'ENOTDIR')) return false;
    throw error;
  }
}

async function move(local: string, target: string, rule: PlaceRule): Promise<string | undefined> {
  if (rule === 'replace') {
    try {
      await rename(local, target);
    } catch (error) {
      if (hasCode(error, 'EISDIR', 'ENOTEMPTY', 'EEXIST')) return undefined;
      throw error;
    }
    return target;
  }
  const tries = rule === 'refuse' ? 1 : mostSuffixes;
  for (let number = 1; number <= tries; number += 1) {
    const candidate = number === 1 ? target : withSuffix(target, number);
    if (await moveWithoutReplacing(local, candidate)) return candidate;
  }
  return undefined;
}

/** `price list.csv` → `price list (2).csv`, shortened to the 255 bytes that file systems allow. */
export function withSuffix(path: string, number: number): string {
  const name = basename(path);
  const extension = extname(name);
  const suffix = ` (${number})${extension}`;
  let stem = name.slice(0, name.length - extension.length);
  while (Buffer.byteLength(stem) + Buffer.byteLength(suffix) > 255 && stem.length > 1) {
    stem = [...stem].slice(0, -1).join('');
  }
  return join(dirname(path), stem + suffix);
}

/** False when the candidate's name is taken by another file. */
async function moveWithoutReplacing(from: string, candidate: string): Promise<boolean> {
  try {
    // link fails when the name exists, which rename does not; there is no other portable way.
    await link(from, candidate);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      if (!(await isSameFile(from, candidate))) return false;
    } else if (hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EINVAL')) {
      // File systems without hard links (FAT, some shares): look, then rename.
      if (await exists(candidate)) return false;
      await rename(from, candidate);
      return true;
    } else {
      throw error;
    }
  }
  await rm(from);
  return true;
}

/** A file on another volume is first copied beside its target, under a name that says it is not finished. */
async function bringToVolume(from: string, target: string): Promise<string> {
  const source = await lstat(from);
  const copy = join(dirname(target), `.branchline-${source.ino}.part`);
  await copyFile(from, copy);
  const handle = await open(copy, 'r+');
  try {
    await handle.utimes(source.atime, source.mtime);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(from);
  return copy;
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, two] = await Promise.all([lstat(a, { bigint: true }), lstat(b, { bigint: true })]);
  return one.dev === two.dev && one.ino === two.ino;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
