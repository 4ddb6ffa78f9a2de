import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file whole: a reader, and a machine that lost power, see the old content or the new, never a part.
 *
 * Promise: durable when it returns. One process writes a given path at a time (the data directory's lock sees
 *          to that), so the temporary name is fixed, and what a crash left under it is simply overwritten.
 * Errors:  Node's own file errors.
 */
export function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: { readonly mode?: number } = {},
): void {
  const temporary = join(dirname(path), `.${basename(path)}.writing`);
  // An older leftover would keep its own mode: a secret must not pass through a file that others may read.
  rmSync(temporary, { force: true });
  try {
    const file = openSync(temporary, 'wx', options.mode ?? 0o666);
    try {
      writeFileSync(file, data);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  syncFolder(dirname(path));
}

/** Makes renames, creations and deletions inside a folder durable. */
export function syncFolder(folder: string): void {
  // Windows refuses to open a folder as a file; NTFS journals its own metadata.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
