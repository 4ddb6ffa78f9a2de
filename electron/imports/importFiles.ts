import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../platform/atomicWrite.ts';
import { fileErrorCode } from '../platform/fileError.ts';

/** Copies of imported files, and files of rejected rows, that are kept: the newest. */
const mostKept = 200;

export function rejectedPath(folder: string, runId: string): string {
  return join(folder, `${runId}-rejected.csv`);
}

function copiesFolder(folder: string): string {
  return join(folder, 'files');
}

/** A partner's name as it may stand on any disk. */
export function safeFileName(name: string): string {
  const safe = name
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '_')
    .trim();
  return [...safe].slice(-80).join('') || 'file';
}

/** Keeps what was imported, as it came. Durable when it resolves; the oldest copies go. */
export async function keepCopy(folder: string, runId: string, path: string, name: string): Promise<void> {
  const copies = copiesFolder(folder);
  await mkdir(copies, { recursive: true });
  const target = join(copies, `${runId}-${safeFileName(name)}`);
  try {
    await link(path, target);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(fileErrorCode(error) ?? '')) {
      throw error;
    }
    // Another disk, or one without hard links.
    await copyFile(path, target);
  }
  const handle = await open(target, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  syncFolder(copies);
  await removeOldest(copies, () => true);
}

/** Before a new file of rejected rows is made: the oldest go. */
export async function removeOldRejected(folder: string): Promise<void> {
  await removeOldest(folder, (name) => name.endsWith('-rejected.csv'));
}

/** Names begin with a UUIDv7, so they sort by age. */
async function removeOldest(folder: string, isMeant: (name: string) => boolean): Promise<void> {
  const old = (await readdir(folder)).filter(isMeant).sort().slice(0, -mostKept);
  for (const name of old) await rm(join(folder, name), { force: true });
}

export async function hashFile(
  path: string,
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    // Without an encoding, a file's stream gives buffers.
    const bytes = piece as Buffer;
    hash.update(bytes);
    sizeBytes += bytes.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
