import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../platform/atomicWrite.ts';
import { fileErrorCode, plainFileError } from '../platform/fileError.ts';

/**
 * Moves a downloaded file into its place below the attachments folder.
 *
 * Promise: whole under its name or not there; on the disk for good, with its folders, when it resolves. What is in
 *          its place is replaced: the caller has recorded that the place is this file's.
 * Errors:  full: disk-full; fix: data-dir-not-writable.
 */
export async function placeAttachment(from: string, root: string, path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await rename(from, path).catch(async (error: unknown) => {
      if (fileErrorCode(error) !== 'EXDEV') throw error;
      await copyOver(from, path);
    });
    for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder))
      syncFolder(folder);
  } catch (error) {
    throw plainFileError(error, `the attachment ${path}`);
  }
}

/** To another volume: copied beside its place under a name that says so, made durable, then renamed. */
async function copyOver(from: string, path: string): Promise<void> {
  const part = `${path}.part`;
  await copyFile(from, part);
  const file = await open(part, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  await rm(from, { force: true });
}
