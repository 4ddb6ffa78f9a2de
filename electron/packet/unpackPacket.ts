import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { syncFolder } from '../platform/atomicWrite.ts';
import { plainFileError } from '../platform/fileError.ts';
import { collectBytes } from './collectBytes.ts';
import { boundFileTime } from './fileTime.ts';
import type { UnpackedFile } from './packet.ts';
import { type WalkOptions, walkPacket } from './walkPacket.ts';
import { writeDurably } from './writeDurably.ts';

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
  const writes = new SmallWrites();
  try {
    const files: UnpackedFile[] = [];
    const header = await walkPacket({
      ...options,
      async place(file, index, content) {
        const stagedPath = join(staging, String(index + 1).padStart(8, '0'));
        if (file.sizeBytes > wholeFileBytes) await writeDurably(stagedPath, 'wx', content);
        else await writes.begin(stagedPath, await collectBytes(content));
        const { channel, path, sizeBytes, sha256 } = file;
        const modifiedMs = boundFileTime(file.modifiedMs);
        files.push({ channel, path, stagedPath, sizeBytes, sha256, modifiedMs });
      },
    });
    await writes.allDone();
    syncFolder(staging);
    return { header, files };
  } catch (error) {
    await writes.settled();
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

/** Files up to this size are written beside the reading of the next ones. */
const wholeFileBytes = 256 * 1024;

/** Several at a time: the file system writes its journal once for all that wait. */
const writesAtOnce = 16;

/** Small files on their way to the disk. */
class SmallWrites {
  readonly #underWay = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  /** Begins a write, once there is room for it. Errors: those of an earlier write. */
  async begin(path: string, content: Buffer): Promise<void> {
    while (this.#underWay.size >= writesAtOnce) await Promise.race(this.#underWay);
    if (this.#failure !== undefined) throw this.#failure.error;
    const write = writeDurably(path, 'wx', [content])
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(write));
    this.#underWay.add(write);
  }

  /** Resolves when all is durable. Errors: the first failure. */
  async allDone(): Promise<void> {
    await this.settled();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Resolves when nothing is being written any more, whatever came of it. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
