import { isUtf8 } from 'node:buffer';
import type { ImportEncoding } from '../../../shared/importsSettings.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly skip: number;
}

/**
 * The encoding by byte order mark, or by what the beginning looks like. Windows-1252 is never guessed: every file
 * could be it.
 *
 * Shape: `begin`: the first bytes of the file, at least four where it has so many.
 */
export function detectEncoding(begin: Buffer, set: ImportEncoding): DetectedEncoding {
  if (begin[0] === 0xef && begin[1] === 0xbb && begin[2] === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (begin[0] === 0xff && begin[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (begin[0] === 0xfe && begin[1] === 0xff) return { encoding: 'utf-16be', skip: 2 };
  const wide = looksWide(begin);
  if (wide !== undefined) return { encoding: wide, skip: 0 };
  return { encoding: set === 'windows-1252' ? 'windows-1252' : 'utf-8', skip: 0 };
}

/** UTF-16 without a mark: Latin letters have a zero in every second byte. A stray NUL in UTF-8 does not look so. */
function looksWide(begin: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const looked = begin.subarray(0, 200);
  const zeros = [0, 0];
  for (const [index, byte] of looked.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const half = Math.floor(looked.length / 2);
  if (half < 2) return undefined;
  const [even = 0, odd = 0] = zeros;
  if (odd >= half * 0.7 && even === 0) return 'utf-16le';
  return even >= half * 0.7 && odd === 0 ? 'utf-16be' : undefined;
}

/** Where the bytes stop being UTF-8. Looks at every character: for the one time that something is wrong. */
export function firstBadByte(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const size = [1, 2, 3, 4].find((length) => isUtf8(bytes.subarray(at, at + length)));
    if (size === undefined) return at;
    at += size;
  }
  return at;
}

/** The length up to which no character is cut, looking back from `end`. */
export function wholeCharacters(bytes: Buffer, end: number): number {
  for (let back = 1; back <= Math.min(3, end); back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? end - back : end;
    }
  }
  return end;
}
