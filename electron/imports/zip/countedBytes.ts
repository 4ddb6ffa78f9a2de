import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';
import { zipLimits } from './checkEntries.ts';

/**
 * Passes an entry's contents on, counting what really comes: what an archive says of itself may be a lie.
 *
 * Errors: what `refuse` makes of a reason.
 */
export async function* countedBytes(
  bytes: AsyncIterable<Buffer>,
  entry: Entry,
  { refuse, bytesBefore }: { readonly refuse: (why: string) => Error; readonly bytesBefore: number },
): AsyncGenerator<Buffer> {
  let count = 0;
  let sum = 0;
  for await (const piece of bytes) {
    count += piece.length;
    if (bytesBefore + count > zipLimits.mostBytes) {
      throw refuse(`unpacks to more than ${zipLimits.mostBytes / 1_000_000_000} GB`);
    }
    if (count > zipLimits.ratioFromBytes && count > entry.compressedSize * zipLimits.mostRatio) {
      throw refuse(`unpacks to more than ${zipLimits.mostRatio} times its size`);
    }
    sum = crc32(piece, sum);
    yield piece;
  }
  if (count !== entry.uncompressedSize) throw refuse('is not as long as the archive says');
  if (sum !== entry.crc32) throw refuse('does not match its checksum: it was damaged on its way');
}
