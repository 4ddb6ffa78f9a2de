import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { type Pack, pack as startTar } from 'tar-stream';
import { ExchangeError, throwIfCancelled } from '../../shared/errors.ts';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { toDate } from '../platform/clock.ts';
import { ahead } from './ahead.ts';
import { bagPath, tagFiles } from './bagLayout.ts';
import { bagInfoText, bagitText, manifestLine, tagManifestText } from './bagTexts.ts';
import { collectBytes } from './collectBytes.ts';
import type { GatheredFile } from './gatherFiles.ts';
import { keepOneFrame } from './keepOneFrame.ts';
import { nodeWritable } from './nodeWritable.ts';
import { readSource } from './readSource.ts';
import { SourceTrouble } from './sourceTrouble.ts';
import { writeDurably } from './writeDurably.ts';

export interface BagPlan {
  readonly header: PacketHeader;
  readonly files: readonly GatheredFile[];
  readonly top: string;
  readonly compressionLevel: number;
  /** Base-2 logarithm; the level's own when undefined. */
  readonly windowLog?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the growth, in bytes of the sources. */
  readonly onBytes: (count: number) => void;
}

/** What tar-stream takes for an entry. */
type EntryHeader = Parameters<Pack['entry']>[0];

/** Levels above 19 need more memory to read than `inflatePacket` grants. */
const highestLevel = 19;

/** Files up to this size are read whole before they are written: a stream for each would cost more. */
const wholeFileBytes = 256 * 1024;

/**
 * Writes a bag as tar and zstd. The same plan gives the same bytes.
 *
 * Promise: durable when it returns; memory does not grow with the size of the files.
 * Errors:  SourceTrouble when a source is no longer what was gathered; what lies at `path` is then worthless.
 * Source:  RFC 8493 (BagIt 1.0), POSIX pax, RFC 8878 (zstd).
 */
export async function writeBag(path: string, plan: BagPlan): Promise<{ readonly tarBytes: number }> {
  const tar = startTar();
  let tarBytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      tarBytes += chunk.length;
      done(null, chunk);
    },
  });
  let writeError: unknown;
  const writing = pipeline(
    bytesOf(tar),
    counter,
    startZstd(plan),
    keepOneFrame,
    (chunks: AsyncIterable<Buffer>) => writeDurably(path, 'w', chunks),
  ).catch((error: unknown) => {
    writeError = error;
  });
  let fillError: unknown;
  try {
    await fillTar(tar, plan);
    tar.finalize();
  } catch (error) {
    fillError = error;
    tar.destroy();
  }
  await writing;
  if (fillError instanceof SourceTrouble || fillError instanceof ExchangeError) throw fillError;
  // A full disk closes the tar from below; then the filling fails only as a consequence.
  if (writeError !== undefined || fillError !== undefined) throw writeError ?? fillError;
  return { tarBytes };
}

function startZstd(plan: BagPlan) {
  return createZstdCompress({
    // The default of 16 KiB costs many calls for one block.
    chunkSize: 128 * 1024,
    params: {
      [constants.ZSTD_c_compressionLevel]: Math.min(plan.compressionLevel, highestLevel),
      [constants.ZSTD_c_checksumFlag]: 1,
      ...(plan.windowLog === undefined ? {} : { [constants.ZSTD_c_windowLog]: plan.windowLog }),
    },
  });
}

/** tar-stream declares its chunks as unknown; they are the buffers of `addEntry` and of its own headers. */
async function* bytesOf(tar: Pack): AsyncGenerator<Buffer> {
  for await (const chunk of tar) yield chunk as Buffer;
}

async function fillTar(tar: Pack, plan: BagPlan): Promise<void> {
  const { header, files, top } = plan;
  const tagHashes = new Map<string, string>();
  const addTagFile = async (name: string, text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    tagHashes.set(name, createHash('sha256').update(bytes).digest('hex'));
    await addEntry(tar, entryHeader(`${top}/${name}`, bytes.length, header.createdMs), bytes);
  };
  await addTagFile(tagFiles.bagit, bagitText);
  await addTagFile(tagFiles.bagInfo, bagInfoText(header));
  await addTagFile(tagFiles.header, `${JSON.stringify(header, undefined, 2)}\n`);
  if (files.length === 0) {
    // A bag without a payload folder is not a bag (RFC 8493 §2.1.2).
    await addEntry(tar, { ...entryHeader(`${top}/data`, 0, header.createdMs), type: 'directory' }, undefined);
  }
  const small = async ({ source, file }: GatheredFile) =>
    file.sizeBytes <= wholeFileBytes ? await collectBytes(readSource(source, plan.signal)) : undefined;
  for await (const [file, content] of ahead(files, small)) {
    throwIfCancelled(plan.signal);
    await addPayload(tar, file, await content, plan);
  }
  await addTagFile(tagFiles.manifest, files.map(({ file }) => manifestLine(file)).join(''));
  const tagManifest = Buffer.from(tagManifestText(tagHashes));
  const name = `${top}/${tagFiles.tagManifest}`;
  await addEntry(tar, entryHeader(name, tagManifest.length, header.createdMs), tagManifest);
}

/** `small`: the whole content, where it was read already. */
async function addPayload(
  tar: Pack,
  { source, file }: GatheredFile,
  small: Buffer | undefined,
  plan: BagPlan,
): Promise<void> {
  const header = entryHeader(`${plan.top}/${bagPath(file)}`, file.sizeBytes, file.modifiedMs);
  const hash = createHash('sha256');
  const look = (chunk: Buffer) => {
    hash.update(chunk);
    plan.onBytes(chunk.length);
  };
  if (small === undefined) {
    const content = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of readSource(source, plan.signal)) {
        look(chunk);
        yield chunk;
      }
    };
    await pipeline(content(), nodeWritable(tar.entry(header)));
  } else {
    look(small);
    await addEntry(tar, header, small);
  }
  if (hash.digest('hex') !== file.sha256) {
    throw new SourceTrouble(
      source,
      'changed',
      'it changed while it was being packed; it waits for the next run',
    );
  }
}

async function addEntry(tar: Pack, header: EntryHeader, content: Buffer | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    if (content === undefined) tar.entry(header, done);
    else tar.entry(header, content, done);
  });
}

/** The largest number in the 11 octal digits of a tar header. */
const largestOctal = 0o77777777777;
const largestTarSeconds = 2 ** 31 - 1;

function entryHeader(name: string, size: number, modifiedMs: number): EntryHeader {
  const seconds = Math.floor(modifiedMs / 1000);
  // tar-stream cuts the time to 32 bits and writes a negative one wrongly; pax says it in decimal.
  const plainSeconds = Math.min(Math.max(seconds, 0), largestTarSeconds);
  const pax: Record<string, string> = {};
  if (plainSeconds !== seconds) pax['mtime'] = String(seconds);
  if (size > largestOctal) pax['size'] = String(size);
  const mtime = toDate(plainSeconds * 1000);
  const header: EntryHeader = { name, size, mtime, mode: 0o644, type: 'file' };
  return Object.keys(pax).length === 0 ? header : { ...header, pax };
}
