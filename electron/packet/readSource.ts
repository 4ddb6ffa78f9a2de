import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { throwIfCancelled } from '../../shared/errors.ts';
import { fileErrorCode } from '../platform/fileError.ts';
import { sameStamp, stampFromStat } from './fileStamp.ts';
import type { PacketSource } from './packet.ts';
import { SourceTrouble } from './sourceTrouble.ts';

const chunkBytes = 128 * 1024;

// Not there on Windows. NOFOLLOW: a link put in the file's place must not be followed. NONBLOCK: nor must a
// pipe put there make the opening wait for ever.
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file that must not change meanwhile.
 *
 * Promise: yields exactly the content that the stamp stands for, as far as size, time and inode can tell, or
 *          throws; what was yielded before a throw is worthless.
 *          A reused chunk holds its bytes until the next one is asked for.
 * Errors:  SourceTrouble; cancelled.
 */
export async function* readSource(
  source: PacketSource,
  signal?: AbortSignal,
  chunks: 'fresh' | 'reused' = 'fresh',
): AsyncGenerator<Buffer> {
  const handle = await openSource(source);
  try {
    await expectUnchanged(handle, source);
    let left = source.stamp.sizeBytes;
    let kept: Buffer | undefined;
    for (;;) {
      throwIfCancelled(signal);
      // One byte more than is left, so that a file that grew is noticed.
      const buffer = kept ?? Buffer.allocUnsafe(Math.min(chunkBytes, left + 1));
      if (chunks === 'reused') kept = buffer;
      const { bytesRead } = await readFrom(handle, buffer, source);
      if (bytesRead === 0) break;
      left -= bytesRead;
      if (left < 0) throw changed(source);
      yield buffer.subarray(0, bytesRead);
    }
    if (left !== 0) throw changed(source);
    await expectUnchanged(handle, source);
  } finally {
    await handle.close();
  }
}

async function openSource(source: PacketSource): Promise<FileHandle> {
  try {
    return await open(source.absolutePath, openFlags);
  } catch (error) {
    throw troubleOf(source, error);
  }
}

async function readFrom(handle: FileHandle, buffer: Buffer, source: PacketSource) {
  try {
    return await handle.read(buffer, 0, buffer.length, null);
  } catch (error) {
    throw troubleOf(source, error);
  }
}

async function expectUnchanged(handle: FileHandle, source: PacketSource): Promise<void> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile() || !sameStamp(stampFromStat(stat), source.stamp)) throw changed(source);
}

function changed(source: PacketSource): SourceTrouble {
  return new SourceTrouble(
    source,
    'changed',
    'it changed while it was being packed; it waits for the next run',
  );
}

function troubleOf(source: PacketSource, error: unknown): unknown {
  const code = fileErrorCode(error);
  if (code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SourceTrouble(source, 'missing', 'it is no longer there');
  }
  if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') return changed(source);
  return new SourceTrouble(source, 'unreadable', `it cannot be read (${code})`);
}
