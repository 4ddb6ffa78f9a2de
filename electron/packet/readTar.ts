import { pipeline } from 'node:stream/promises';
import { type ExtractEvents, extract as startExtract } from 'tar-stream';
import { nodeWritable } from './nodeWritable.ts';
import { PacketRefusal } from './packet.ts';

export interface TarEntry {
  /** As the packet has it: not to be trusted. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'other';
  readonly sizeBytes: number;
  /** Must be read to its end before the next entry is asked for. */
  readonly content: AsyncIterable<Buffer>;
}

type Entry = ExtractEvents['entry'][1];

/** What the sealer writes into pax headers; `GNU.sparse.*` above all must not be among them. */
const knownPaxKeys: ReadonlySet<string> = new Set(['path', 'mtime', 'size']);

/**
 * The entries of a tar, in order.
 *
 * Promise: memory stays flat: tar-stream refuses pax and long-name headers above 4 MiB before it keeps them.
 *          Links, devices, sparse files and unknown types come out as `other`.
 * Errors:  PacketRefusal `not-a-packet` where the bytes are not a tar; whatever `tar` itself throws.
 */
export async function* readTar(tar: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const extract = startExtract();
  let tarError: unknown;
  const watched = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* tar;
    } catch (error) {
      tarError = error;
      throw error;
    }
  };
  const causeOf = (error: unknown): unknown =>
    tarError ??
    new PacketRefusal('not-a-packet', 'The file is not a packet: it holds no readable tar.', error);
  const contentOf = async function* (entry: Entry): AsyncGenerator<Buffer> {
    try {
      // tar-stream declares its chunks as unknown; they are pieces of the buffers that it was fed.
      for await (const chunk of entry) yield chunk as Buffer;
    } catch (error) {
      throw causeOf(error);
    }
  };
  const feeding = pipeline(watched(), nodeWritable(extract)).catch(() => undefined);
  try {
    for await (const entry of nextEntries(extract, causeOf)) {
      const { header } = entry;
      yield {
        name: header.name,
        type: typeOf(header),
        sizeBytes: header.size ?? 0,
        content: contentOf(entry),
      };
    }
  } finally {
    extract.destroy();
    await feeding;
  }
}

async function* nextEntries(
  extract: AsyncIterable<Entry>,
  causeOf: (error: unknown) => unknown,
): AsyncGenerator<Entry> {
  try {
    yield* extract;
  } catch (error) {
    throw causeOf(error);
  }
}

function typeOf(header: Entry['header']): TarEntry['type'] {
  if (Object.keys(header.pax ?? {}).some((key) => !knownPaxKeys.has(key))) return 'other';
  return header.type === 'file' || header.type === 'directory' ? header.type : 'other';
}
