import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { syncFolder } from '../platform/atomicWrite.ts';
import { plainFileError } from '../platform/fileError.ts';
import { boundFileTime } from './fileTime.ts';
import type { UnpackedFile } from './packet.ts';
import { type WalkOptions, walkPacket } from './walkPacket.ts';

export interface UnpackOptions extends Omit<WalkOptions, 'place'> {
  /** Absolute path of a folder that is made; it may be there already if it is empty. */
  readonly staging: string;
}

/**
 * Verifies a packet whole and lays its files down in a folder of the caller's, under neutral names.
 *
 * Promise: nothing in the packet decides where anything is written: staged files are called 00000001, 00000002
 *          and so on, and are plain files. When it returns, all are verified and durable; their modified time is
 *          still to be set. When it throws, the staging folder is gone.
 * Errors:  PacketRefusal; full, fix, retry (the local disk); cancelled.
 */
export async function unpackPacket(
  options: UnpackOptions,
): Promise<{ readonly header: PacketHeader; readonly files: UnpackedFile[] }> {
  const { staging } = options;
  await prepare(staging);
  try {
    const files: UnpackedFile[] = [];
    const header = await walkPacket({
      ...options,
      async place(file, index, content) {
        const stagedPath = join(staging, String(index + 1).padStart(8, '0'));
        const handle = await open(stagedPath, 'wx');
        try {
          await handle.writeFile(content);
        } finally {
          await handle.close();
        }
        const { channel, path, sizeBytes, sha256 } = file;
        const modifiedMs = boundFileTime(file.modifiedMs);
        files.push({ channel, path, stagedPath, sizeBytes, sha256, modifiedMs });
      },
    });
    await syncFiles(files.map((file) => file.stagedPath));
    syncFolder(staging);
    return { header, files };
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw isAboutPacket(error, options.file) ? error : plainFileError(error, `the staging folder ${staging}`);
  }
}

async function prepare(staging: string): Promise<void> {
  try {
    await mkdir(staging, { recursive: true });
    if ((await readdir(staging)).length === 0) return;
  } catch (error) {
    throw plainFileError(error, `the staging folder ${staging}`);
  }
  throw new Error(`The staging folder ${staging} is not empty.`);
}

/** A packet file that is not there is the caller's to explain. */
function isAboutPacket(error: unknown, file: string): boolean {
  return error instanceof Error && 'path' in error && error.path === file;
}

/** Several at a time: the file system writes its journal once for all that wait. */
const syncsAtOnce = 8;

async function syncFiles(paths: readonly string[]): Promise<void> {
  const limit = pLimit(syncsAtOnce);
  await limit.map(paths, async (path) => {
    // Windows flushes only through a handle that may write.
    const handle = await open(path, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}
