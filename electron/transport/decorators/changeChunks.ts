import { Readable } from 'node:stream';
import type { UploadSource } from '../transport.ts';

/** An upload's source whose chunks pass through `change` first; it may drop, split, alter or delay them. */
export function changeSource(
  source: UploadSource,
  change: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): UploadSource {
  return {
    sizeBytes: source.sizeBytes,
    open(offset) {
      const original = source.open(offset);
      const changed = Readable.from(change(original));
      // Readable.from waits for the chunk under way before it lets go; a stalled source must end at once.
      changed.once('close', () => original.destroy());
      return changed;
    },
  };
}
