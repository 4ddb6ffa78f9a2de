import { lstat, mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { toDate } from '../platform/clock.ts';
import { fileErrorCode, plainFileError } from '../platform/fileError.ts';
import { localPath } from './localPath.ts';
import type { UnpackedFile, UnpackLimits } from './packet.ts';
import { standardLimits } from './standardLimits.ts';
import { unpackPacket } from './unpackPacket.ts';

export interface ExtractOptions {
  readonly file: string;
  /** Absolute path of a folder that is empty or not there yet. */
  readonly destination: string;
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal | undefined;
  /** Called with the growth, in bytes of the packet file. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * Opens a packet by hand: its files come to lie in `<destination>/<channel>/<path>`.
 *
 * Promise: the packet is verified whole before the first file gets its name; nothing is written outside the
 *          destination and nothing in it is replaced. When it throws, the destination is as it was before.
 * Errors:  PacketRefusal; fix (`folder-not-empty`); those of the local disk; cancelled.
 */
export async function extractPacket(options: ExtractOptions): Promise<{ readonly header: PacketHeader }> {
  const { destination } = options;
  const isNew = await prepare(destination);
  // No channel's name begins with a dot.
  const staging = join(destination, '.unpacking');
  try {
    const { header, files } = await unpackPacket({
      limits: standardLimits,
      ...options,
      expected: {},
      staging,
    });
    for (const file of files) await placeFile(file, destination);
    await rm(staging, { recursive: true, force: true });
    return { header };
  } catch (error) {
    await empty(destination, isNew);
    throw error;
  }
}

async function prepare(destination: string): Promise<boolean> {
  try {
    const isNew = (await mkdir(destination, { recursive: true })) !== undefined;
    if ((await readdir(destination)).length === 0) return isNew;
  } catch (error) {
    throw plainFileError(error, `the folder ${destination}`);
  }
  throw new ExchangeError({
    code: 'folder-not-empty',
    class: 'fix',
    message: `The folder ${destination} is not empty.`,
    advice: 'Name an empty folder, or one that is not there yet.',
  });
}

async function placeFile(file: UnpackedFile, destination: string): Promise<void> {
  const wanted = join(destination, file.channel, ...localPath(file.path).split('/'));
  // Not in seconds: Node takes a negative number for the present.
  const modified = toDate(file.modifiedMs);
  try {
    await mkdir(dirname(wanted), { recursive: true });
    await utimes(file.stagedPath, modified, modified);
    await rename(file.stagedPath, await freeName(wanted));
  } catch (error) {
    throw plainFileError(error, `the file ${wanted}`);
  }
}

/** Names that differ in the packet can be one on this disk, where `localPath` replaced a character. */
async function freeName(path: string): Promise<string> {
  const { dir, name, ext } = parse(path);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? path : join(dir, `${name} (${count})${ext}`);
    try {
      await lstat(candidate);
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return candidate;
      throw error;
    }
  }
}

async function empty(destination: string, isNew: boolean): Promise<void> {
  if (isNew) {
    await rm(destination, { recursive: true, force: true });
    return;
  }
  for (const name of await readdir(destination)) {
    await rm(join(destination, name), { recursive: true, force: true });
  }
}
