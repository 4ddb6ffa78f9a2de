import { type FileHandle, open } from 'node:fs/promises';
import { failedWith } from './folderError.ts';

/** What file systems and shares answer that do not know fsync for this kind of handle. */
const unsupported = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EACCES', 'EISDIR', 'EBADF'];

/** Makes a file's content durable, where the file system can. Errors: Node's own, e.g. EIO, ENOSPC. */
export async function syncFileToDisk(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    if (!failedWith(error, ...unsupported)) throw error;
  }
}

/** Makes the names in a folder durable, where the file system can: Windows and some shares cannot. */
export async function syncFolderToDisk(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  let handle: FileHandle;
  try {
    handle = await open(folder, 'r');
  } catch (error) {
    if (failedWith(error, ...unsupported)) return;
    throw error;
  }
  try {
    await syncFileToDisk(handle);
  } finally {
    await handle.close();
  }
}
