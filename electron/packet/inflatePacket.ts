import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress } from 'node:zlib';
import { throwIfCancelled } from '../../shared/errors.ts';
import { fileErrorCode } from '../platform/fileError.ts';
import { checkFrame } from './checkFrame.ts';
import { damagedPacket } from './frameWalker.ts';
import { type ArrivingPacket, PacketRefusal, type UnpackLimits } from './packet.ts';

export interface InflateOptions {
  readonly file: string;
  /** Where the file's bytes are taken from while it is not there yet. */
  readonly arriving?: ArrivingPacket;
  readonly limits: UnpackLimits;
  readonly signal?: AbortSignal | undefined;
  /** Called with the growth, in bytes of the packet file. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

const chunkBytes = 128 * 1024;

/** The largest window that a sealed packet uses is 2^23 (level 19); more is memory that only an attacker wants. */
const largestWindowLog = 23;

/** Below this the ratio says nothing: a small packet of empty files is mostly alike. */
const ratioFromBytes = 64 * 1024 * 1024;

/** What a tar needs beside the content: headers, manifests, padding. */
const tarOverheadBytes = 96 * 1024 * 1024;
const tarOverheadPerFile = 8 * 1024;

/**
 * A packet's tar, as it comes out of the decompressor.
 *
 * Promise: once it has ended without an error, every byte of the file was covered by zstd's checksum, which
 *          was right. Nothing that came out before counts. Memory stays flat, whatever the file says.
 * Errors:  PacketRefusal `damaged` or `too-large`; cancelled; Node's own file errors.
 */
export async function* inflatePacket(options: InflateOptions): AsyncGenerator<Buffer> {
  const { file, limits, signal } = options;
  let unpacked = 0;
  const { content, sizeBytes } = options.arriving ?? (await openFile(file));
  const decoder = createZstdDecompress({
    chunkSize: chunkBytes,
    params: { [constants.ZSTD_d_windowLogMax]: largestWindowLog },
  });
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      options.onBytes?.(chunk.length);
      yield chunk;
    }
  };
  let feedError: unknown;
  const feeding = pipeline(counted(), checkFrame, decoder).catch((error: unknown) => {
    feedError = error;
  });
  const mostBytes = limits.totalBytes + tarOverheadBytes + tarOverheadPerFile * limits.files;
  try {
    for await (const chunk of decoder) {
      throwIfCancelled(signal);
      unpacked += chunk.length;
      if (unpacked > mostBytes) throw tooLarge('more than this site accepts in one packet');
      if (unpacked > ratioFromBytes && unpacked > limits.ratio * sizeBytes) {
        throw tooLarge(`more than ${limits.ratio} times its size`);
      }
      yield chunk;
    }
    await feeding;
    if (feedError !== undefined) throw feedError;
  } catch (error) {
    throw zstdRefusal(error);
  } finally {
    content.destroy();
    decoder.destroy();
    await feeding;
  }
}

async function openFile(file: string): Promise<ArrivingPacket> {
  const { size } = await stat(file);
  return { content: createReadStream(file, { highWaterMark: chunkBytes }), sizeBytes: size };
}

function tooLarge(what: string): PacketRefusal {
  return new PacketRefusal('too-large', `The packet unpacks to ${what}.`);
}

function zstdRefusal(error: unknown): unknown {
  const code = fileErrorCode(error);
  if (code === undefined || !(code.startsWith('ZSTD_') || code === 'Z_BUF_ERROR')) return error;
  return damagedPacket('its compressed content cannot be read', error);
}
