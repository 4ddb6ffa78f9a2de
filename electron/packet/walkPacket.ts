import { createHash } from 'node:crypto';
import type { PacketFile, PacketHeader } from '../../shared/packetHeader.ts';
import { bagPath, largestHeaderBytes, largestTagFileBytes, tagFiles } from './bagLayout.ts';
import { bagitText, manifestLine, payloadOxum, tagManifestText } from './bagTexts.ts';
import { confirmRefusal } from './confirmRefusal.ts';
import { EntryReader } from './entryReader.ts';
import { inflatePacket } from './inflatePacket.ts';
import { type ArrivingPacket, type ExpectedHeader, PacketRefusal, type UnpackLimits } from './packet.ts';
import { checkExpected, checkLimits, parseHeader } from './parseHeader.ts';
import { quoteName } from './quoteName.ts';
import { readTar } from './readTar.ts';

export interface WalkOptions {
  readonly file: string;
  /** Where the file's bytes are taken from while it is not there yet. */
  readonly arriving?: ArrivingPacket;
  readonly expected: ExpectedHeader;
  readonly limits: UnpackLimits;
  readonly signal?: AbortSignal | undefined;
  /** Called with the growth, in bytes of the packet file. */
  readonly onBytes?: ((count: number) => void) | undefined;
  /** Takes each payload file's content, in the order of the header; it counts only once the walk has returned. */
  readonly place: (file: PacketFile, index: number, content: AsyncIterable<Buffer>) => Promise<void>;
}

/**
 * Reads a packet from end to end and believes nothing.
 *
 * The layout is our own, so nothing is tolerated that RFC 8493 would leave open: the entries must be exactly
 * those that the header announces, in the sealer's order, with manifests that say the same, line by line.
 *
 * Promise: when it returns, every byte of every entry agreed with the header and with both manifests, and the
 *          whole file with its checksum.
 * Errors:  PacketRefusal, with a final code only when the file is undamaged (not known while it arrives); cancelled; Node's own file errors.
 */
export async function walkPacket(options: WalkOptions): Promise<PacketHeader> {
  try {
    return await walk(options);
  } catch (error) {
    if (error instanceof PacketRefusal && options.arriving === undefined)
      throw await confirmRefusal(error, options);
    throw error;
  }
}

async function walk(options: WalkOptions): Promise<PacketHeader> {
  const tar = readTar(inflatePacket(options));
  try {
    const reader = new EntryReader(tar);
    const header = await readFront(reader, options);
    if (header.files.length === 0) await reader.directory('data');
    for (const [index, file] of header.files.entries()) {
      const entry = await reader.file(bagPath(file));
      expectSize(entry.name, entry.sizeBytes, file.sizeBytes);
      const hash = createHash('sha256');
      await options.place(
        file,
        index,
        passThrough(entry.content, (chunk) => hash.update(chunk)),
      );
      if (hash.digest('hex') !== file.sha256) {
        throw badManifest(`the content of ${quoteName(file.path)} is not what the header says`);
      }
    }
    await expectText(reader, tagFiles.manifest, header.files.map(manifestLine));
    await expectText(reader, tagFiles.tagManifest, [tagManifestText(reader.tagHashes)]);
    await reader.end();
    return header;
  } finally {
    await tar.return(undefined);
  }
}

/** The first three entries. The format's version is looked at before anything that it may have changed. */
export async function readFront(
  reader: EntryReader,
  options: Pick<WalkOptions, 'expected' | 'limits'>,
): Promise<PacketHeader> {
  const bagit = await reader.tagFile(tagFiles.bagit, largestTagFileBytes);
  const bagInfo = await reader.tagFile(tagFiles.bagInfo, largestTagFileBytes);
  const header = parseHeader(await reader.tagFile(tagFiles.header, largestHeaderBytes));
  checkExpected(header, options.expected);
  checkLimits(header, options.limits);
  if (bagit.toString() !== bagitText) throw badManifest(`${tagFiles.bagit} is not that of BagIt 1.0`);
  const oxum = /^Payload-Oxum: (.*)$/m.exec(bagInfo.toString())?.[1];
  if (oxum !== payloadOxum(header)) throw badManifest(`the sum in ${tagFiles.bagInfo} is wrong`);
  return header;
}

/** Compares an entry with the one text it may have, line by line, so that neither is ever whole in memory. */
async function expectText(reader: EntryReader, name: string, lines: readonly string[]): Promise<void> {
  const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  const expected = createHash('sha256');
  for (const line of lines) expected.update(line);
  const entry = await reader.file(name);
  expectSize(name, entry.sizeBytes, size);
  const actual = createHash('sha256');
  for await (const chunk of entry.content) actual.update(chunk);
  const sha256 = actual.digest('hex');
  if (sha256 !== expected.digest('hex')) throw badManifest(`${name} does not agree with the header`);
  reader.tagHashes.set(name, sha256);
}

async function* passThrough(
  content: AsyncIterable<Buffer>,
  look: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    look(chunk);
    yield chunk;
  }
}

function expectSize(name: string, actual: number, expected: number): void {
  if (actual !== expected) {
    throw badManifest(`${quoteName(name)} has ${actual} bytes instead of ${expected}`);
  }
}

function badManifest(what: string): PacketRefusal {
  return new PacketRefusal('bad-manifest', `The packet does not hold what it announces: ${what}.`);
}
