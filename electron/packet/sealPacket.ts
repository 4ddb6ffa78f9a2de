import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { syncFolder } from '../platform/atomicWrite.ts';
import { plainFileError } from '../platform/fileError.ts';
import { topFolder } from './bagLayout.ts';
import { type GatheredFile, gatherFiles } from './gatherFiles.ts';
import type { PacketSource, SealedPacket } from './packet.ts';
import { unsafeReason } from './safePath.ts';
import { type LeftOutReason, SourceTrouble } from './sourceTrouble.ts';
import { writeBag } from './writeBag.ts';

export interface SealOptions {
  readonly header: Omit<PacketHeader, 'files'>;
  readonly sources: readonly PacketSource[];
  /** Absolute path of the finished packet file, ending in `.tar.zst`. */
  readonly destination: string;
  /** 1 to 19. */
  readonly compressionLevel: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the growth, in bytes of the sources; the sum never exceeds their sizes. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

export interface LeftOut {
  readonly source: PacketSource;
  readonly reason: LeftOutReason;
  /** A whole sentence for a person, with the file's name. */
  readonly message: string;
}

export interface SealResult {
  /** Undefined when no file was left to pack, except in a void packet, which has none. */
  readonly sealed: SealedPacket | undefined;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Packs files into a packet file.
 *
 * Promise: the packet holds exactly what its header says: each file is read twice and must be the same both
 *          times, and the same as when it was chosen; otherwise it is left out. Nothing lies under the
 *          destination's name before it is whole and durable. A kill leaves at most `<destination>.tmp`, which
 *          the next attempt overwrites. Memory does not grow with the size of the files.
 * Errors:  full, fix, retry (the local disk); cancelled.
 */
export async function sealPacket(options: SealOptions): Promise<SealResult> {
  const { header, destination, signal } = options;
  const reason = unsafeReason(topFolder(destination));
  if (reason !== undefined) throw new Error(`The packet file ${destination} cannot be named so: ${reason}.`);
  const { gathered, leftOut } = await gatherFiles(options.sources, signal);
  const temporary = `${destination}.tmp`;
  const report = growthOnly(options.onBytes);
  let files: readonly GatheredFile[] = gathered;
  try {
    while (files.length > 0 || header.kind === 'void') {
      const whole: PacketHeader = { ...header, files: files.map(({ file }) => file) };
      try {
        await writeWithinRatio(temporary, whole, files, { ...options, onBytes: report });
      } catch (error) {
        if (!(error instanceof SourceTrouble)) throw error;
        leftOut.push(error);
        files = files.filter(({ source }) => source !== error.source);
        continue;
      }
      const { size } = await stat(temporary);
      await rename(temporary, destination);
      syncFolder(dirname(destination));
      return { sealed: { header: whole, sizeBytes: size }, leftOut: leftOut.map(describe) };
    }
    await rm(temporary, { force: true });
    return { sealed: undefined, leftOut: leftOut.map(describe) };
  } catch (error) {
    await rm(temporary, { force: true });
    throw plainFileError(error, `the packet ${destination}`);
  }
}

/**
 * A reader refuses a packet that unpacks to more than 2000 times its size. Half of that is kept to; only files
 * with long runs of one byte (disk images, empty databases) come near it.
 */
const highestRatio = 1000;

/** zstd blocks are no larger than the window: with 2 KiB, a run of one byte cannot shrink below 1/512. */
const smallWindowLog = 11;

type WriteOptions = Pick<SealOptions, 'destination' | 'compressionLevel' | 'signal'> & {
  readonly onBytes: ReturnType<typeof growthOnly>;
};

async function writeWithinRatio(
  path: string,
  header: PacketHeader,
  files: readonly GatheredFile[],
  options: WriteOptions,
): Promise<void> {
  const { destination, compressionLevel, signal } = options;
  const plan = { header, files, top: topFolder(destination), compressionLevel, signal };
  const { tarBytes } = await writeBag(path, { ...plan, onBytes: options.onBytes() });
  const { size } = await stat(path);
  if (tarBytes <= highestRatio * size) return;
  await writeBag(path, { ...plan, windowLog: smallWindowLog, onBytes: options.onBytes() });
}

/** A packet may be begun anew: only what goes beyond the earlier attempts is reported. */
function growthOnly(onBytes: SealOptions['onBytes']): () => (count: number) => void {
  let reported = 0;
  return () => {
    let written = 0;
    return (count) => {
      written += count;
      if (written <= reported) return;
      onBytes?.(written - reported);
      reported = written;
    };
  };
}

function describe(trouble: SourceTrouble): LeftOut {
  return { source: trouble.source, reason: trouble.reason, message: trouble.message };
}
