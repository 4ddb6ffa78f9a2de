import { isAscii, isUtf8 } from 'node:buffer';
import type { ImportEncoding } from '../../../shared/importsSettings.ts';
import { detectEncoding, type Encoding, firstBadByte, wholeCharacters } from './detectEncoding.ts';

/** Bytes that are not in the encoding. All text before them was handed out. */
export class UndecodableBytes extends Error {
  readonly encoding: Encoding;
  readonly byte: number | undefined;

  constructor(encoding: Encoding, byte: number | undefined) {
    super(`Not ${encoding}.`);
    this.encoding = encoding;
    this.byte = byte;
  }
}

export interface DecodedText {
  readonly encoding: Encoding;
  readonly pieces: AsyncIterable<string>;
}

/** Bytes that are looked at before the encoding is decided. */
const enough = 64;

/**
 * The text of a file whose bytes come in pieces.
 *
 * Promise: never garbled: what is not in the encoding is refused.
 * Errors:  UndecodableBytes, from `pieces`; those of the bytes.
 */
export async function decodeText(bytes: AsyncIterable<Buffer>, set: ImportEncoding): Promise<DecodedText> {
  const source = bytes[Symbol.asyncIterator]();
  let begin: Buffer = Buffer.alloc(0);
  while (begin.length < enough) {
    const next = await source.next();
    if (next.done === true) break;
    begin = begin.length === 0 ? next.value : Buffer.concat([begin, next.value]);
  }
  const { encoding, skip } = detectEncoding(begin, set);
  const all = withBegin(begin.subarray(skip), source);
  return { encoding, pieces: encoding === 'utf-8' ? fromUtf8(all) : fromOther(all, encoding) };
}

async function* withBegin(begin: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (begin.length > 0) yield begin;
    for (;;) {
      const next = await source.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}

async function* fromUtf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let cut: Buffer = Buffer.alloc(0);
  for await (const piece of bytes) {
    const whole = cut.length === 0 ? piece : Buffer.concat([cut, piece]);
    const end = wholeCharacters(whole, whole.length);
    const part = end === whole.length ? whole : whole.subarray(0, end);
    cut = whole.subarray(end);
    if (!isUtf8(part)) {
      const bad = firstBadByte(part);
      yield part.toString('utf8', 0, bad);
      throw new UndecodableBytes('utf-8', part[bad]);
    }
    // One byte for a character where possible: half the memory, and quicker to look at.
    if (part.length > 0) yield isAscii(part) ? part.toString('latin1') : part.toString('utf8');
  }
  if (cut.length > 0) throw new UndecodableBytes('utf-8', cut[0]);
}

async function* fromOther(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const decode = (piece?: Buffer): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new UndecodableBytes(encoding, undefined);
    }
  };
  for await (const piece of bytes) {
    const text = decode(piece);
    if (text !== '') yield text;
  }
  const end = decode();
  if (end !== '') yield end;
}
