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
      const chunks = change(original)[Symbol.asyncIterator]();
      const changed = new Readable({
        read() {
          chunks.next().then(
            (next) => changed.push(next.done ? null : next.value),
            (error: Error) => changed.destroy(error),
          );
        },
        // Readable.from would first wait for the chunk under way; a stalled source must be let go of at once.
        destroy(error, done) {
          original.destroy();
          done(error);
        },
      });
      return changed;
    },
  };
}
