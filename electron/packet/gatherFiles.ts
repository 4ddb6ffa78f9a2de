import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../shared/errors.ts';
import type { PacketFile } from '../../shared/packetHeader.ts';
import { ahead } from './ahead.ts';
import { bagPath, largestHeaderBytes } from './bagLayout.ts';
import { boundFileTime } from './fileTime.ts';
import { NameSet } from './nameSet.ts';
import type { PacketSource } from './packet.ts';
import { readSource } from './readSource.ts';
import { unsafeReason } from './safePath.ts';
import { SourceTrouble } from './sourceTrouble.ts';
import { storedPath } from './storedPath.ts';

/** A source and its entry in the header. */
export interface GatheredFile {
  readonly source: PacketSource;
  readonly file: PacketFile;
}

const mostFiles = 100_000;

/** What a header entry takes in `packet.json` beside its own text: indentation, and the frame around all. */
const entryOverhead = 120;
const frameOverhead = 4096;

/**
 * Hashes the sources and decides which can be packed together.
 *
 * Promise: what is gathered makes a header that every reader accepts; every other source is in `leftOut`, once.
 * Errors:  cancelled.
 */
export async function gatherFiles(
  sources: readonly PacketSource[],
  signal: AbortSignal | undefined,
): Promise<{ gathered: GatheredFile[]; leftOut: SourceTrouble[] }> {
  const gathered: GatheredFile[] = [];
  const leftOut: SourceTrouble[] = [];
  const names = { true: new NameSet(), stored: new NameSet() };
  let headerBytes = frameOverhead;
  for await (const [source, hashing] of ahead(sources, (each) => hashSafe(each, signal))) {
    throwIfCancelled(signal);
    try {
      const file = { ...(await hashing), ...takeNames(source, names) };
      headerBytes += Buffer.byteLength(JSON.stringify(file)) + entryOverhead;
      if (headerBytes > largestHeaderBytes || gathered.length === mostFiles) {
        throw new SourceTrouble(source, 'packet-full', 'the packet is full; it goes with the next one');
      }
      gathered.push({ source, file });
    } catch (error) {
      if (!(error instanceof SourceTrouble)) throw error;
      leftOut.push(error);
    }
  }
  return { gathered, leftOut };
}

function expectSafe(source: PacketSource): void {
  const reason = unsafeReason(source.path);
  if (reason !== undefined) {
    throw new SourceTrouble(source, 'unsafe-name', `${reason}. Rename it, and it goes with the next run`);
  }
}

async function hashSafe(
  source: PacketSource,
  signal: AbortSignal | undefined,
): Promise<Omit<PacketFile, 'storedAs'>> {
  expectSafe(source);
  return await hashed(source, signal);
}

async function hashed(
  source: PacketSource,
  signal: AbortSignal | undefined,
): Promise<Omit<PacketFile, 'storedAs'>> {
  const hash = createHash('sha256');
  for await (const chunk of readSource(source, signal, 'reused')) hash.update(chunk);
  // Rounded, because a time that was set in (floating) seconds comes back some nanoseconds early.
  const modifiedMs = Math.round(Number(source.stamp.modifiedNs) / 1_000_000);
  return {
    channel: source.channel,
    path: source.path,
    sizeBytes: source.stamp.sizeBytes,
    sha256: hash.digest('hex'),
    modifiedMs: boundFileTime(modifiedMs),
  };
}

function takeNames(
  source: PacketSource,
  names: { readonly true: NameSet; readonly stored: NameSet },
): Pick<PacketFile, 'storedAs'> {
  const other = names.true.add(`${source.channel}/${source.path}`);
  if (other !== undefined) throw collision(source, other);
  for (let attempt = 0; ; attempt += 1) {
    const storedAs = storedPath(source.path, attempt);
    const stored = storedAs === undefined ? source : { ...source, storedAs };
    const taken = names.stored.add(bagPath(stored));
    if (taken === undefined) return storedAs === undefined ? {} : { storedAs };
    if (storedAs !== undefined && unsafeReason(storedAs) !== undefined) throw collision(source, taken);
  }
}

function collision(source: PacketSource, other: string): SourceTrouble {
  return new SourceTrouble(
    source,
    'name-collision',
    `some disks cannot hold it beside "${other}", because the names differ only in case or accents, or one is a folder of the other; it goes with a later packet`,
  );
}
