import { PacketRefusal } from './packet.ts';

const magic = 0xfd2fb528;
const largestBlock = 128 * 1024;
const checksumBytes = 4;

type Step = 'header' | 'block' | 'end';

/**
 * Follows the structure of one zstd frame with a checksum, in pieces of any size, to find where it ends.
 *
 * Errors:  PacketRefusal `damaged` for everything that is not such a frame: any of it can be one flipped bit.
 * Source:  RFC 8878 §3.1.1.
 */
export class FrameWalker {
  #step: Step = 'header';
  /** Bytes to pass over before the next step. */
  #toSkip = 0;
  /** The beginning of a header that is not whole yet. */
  #held: Buffer = Buffer.alloc(0);

  /** How many of these bytes belong to the frame: all, except when it ends among them. */
  take(chunk: Buffer): number {
    let rest: Buffer = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    for (;;) {
      const skipped = Math.min(this.#toSkip, rest.length);
      rest = rest.subarray(skipped);
      this.#toSkip -= skipped;
      if (this.#toSkip > 0 || this.#step === 'end') break;
      const part = this.#step === 'header' ? readFrameHeader(rest) : readBlockHeader(rest);
      if (part === undefined) break;
      this.#toSkip = part.bytes;
      this.#step = part.last ? 'end' : 'block';
    }
    if (this.ended) return chunk.length - rest.length;
    this.#held = rest;
    return chunk.length;
  }

  get ended(): boolean {
    return this.#step === 'end' && this.#toSkip === 0;
  }
}

interface Part {
  /** With its own header. */
  readonly bytes: number;
  readonly last: boolean;
}

/** Undefined while more bytes are needed. */
function readFrameHeader(bytes: Buffer): Part | undefined {
  if (bytes.length < 5) return undefined;
  if (bytes.readUInt32LE(0) !== magic) throw damagedPacket('its beginning is not that of zstd data');
  const descriptor = bytes.readUInt8(4);
  // Dictionary id and the reserved bit.
  if ((descriptor & 0x0b) !== 0) throw damagedPacket('its compression header is not that of a packet');
  if ((descriptor & 0x04) === 0) throw damagedPacket('its checksum is missing');
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
  return { bytes: 5 + (singleSegment ? 0 : 1) + sizeBytes, last: false };
}

function readBlockHeader(bytes: Buffer): Part | undefined {
  if (bytes.length < 3) return undefined;
  const header = bytes.readUIntLE(0, 3);
  const last = (header & 1) === 1;
  const type = (header >> 1) & 3;
  const size = header >> 3;
  // Type 3 is reserved; type 1 is a run, whose one byte stands for `size` bytes.
  if (type === 3 || size > largestBlock) throw damagedPacket('a compressed block is not readable');
  return { bytes: 3 + (type === 1 ? 1 : size) + (last ? checksumBytes : 0), last };
}

export function damagedPacket(what: string, cause?: unknown): PacketRefusal {
  return new PacketRefusal('damaged', `The packet is damaged: ${what}.`, cause);
}
