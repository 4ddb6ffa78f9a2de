import type { Readable } from 'node:stream';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import type { ChannelName } from '../../shared/sites.ts';

/** A local file to be packed. */
export interface PacketSource {
  readonly channel: ChannelName;
  /** Relative to the channel folder, `/` between parts; kept as the file system gave it. */
  readonly path: string;
  /** Where it is read from. */
  readonly absolutePath: string;
  /** What the file looked like when it was chosen; it must look the same before and after it is read. */
  readonly stamp: FileStamp;
}

/** Tells whether a file is still the one that was looked at. All as strings of the exact nanosecond/inode values. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly modifiedNs: string;
  readonly inode: string;
}

/** A finished packet file on the local disk. */
export interface SealedPacket {
  readonly header: PacketHeader;
  /** Size of the .tar.zst file. */
  readonly sizeBytes: number;
}

/** What an unpacked file looks like, before it is put in its place. */
export interface UnpackedFile {
  readonly channel: ChannelName;
  readonly path: string;
  /** Where its verified content lies, inside the staging folder. */
  readonly stagedPath: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly modifiedMs: number;
}

/** A packet file that is still on its way. */
export interface ArrivingPacket {
  /** The file's bytes, from the first to the last, as Buffers; fails where they break off. */
  readonly content: Readable;
  /** Of the whole file. */
  readonly sizeBytes: number;
}

/** Bounds that an unpacker enforces while streaming. */
export interface UnpackLimits {
  readonly files: number;
  readonly totalBytes: number;
  /** Unpacked bytes per byte of the whole packet file, checked once more than 64 MiB came out. */
  readonly ratio: number;
}

/**
 * Why a packet was refused.
 *
 * `damaged`: the bytes did not survive (truncated, flipped, something appended): the same packet may be sent again.
 * Every other code is final: sending the same bytes again cannot help. A final code is only given when zstd's
 * checksum over the whole file is right, so that the content is what its sender wrote; a file hash that is wrong
 * even so is `bad-manifest`: the sender made it so. (`too-large` alone is also given without the checksum, when
 * reading on to the checksum would itself exceed the limits.)
 */
export type RefusalCode =
  | 'damaged'
  | 'not-a-packet'
  | 'future-format'
  | 'wrong-site'
  | 'wrong-sender'
  | 'wrong-office'
  | 'number-reused'
  | 'unsafe-name'
  | 'name-collision'
  | 'unexpected-entry'
  | 'too-large'
  | 'bad-header'
  | 'bad-manifest';

/** What an unpacker must find in the header; a differing value is refused with the code beside it. */
export interface ExpectedHeader {
  /** `wrong-office`. */
  readonly officeId?: string;
  /** `wrong-site`. */
  readonly to?: string;
  /** `wrong-sender`. */
  readonly from?: string;
  /** `wrong-sender`. */
  readonly sequence?: number;
}

/** Thrown by the unpacker and the verifier; nothing of a refused packet stays in the staging folder. */
export class PacketRefusal extends Error {
  override readonly name = 'PacketRefusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
