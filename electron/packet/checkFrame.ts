import { damagedPacket, FrameWalker } from './frameWalker.ts';

/**
 * Passes a packet's compressed bytes on and sees to it that they are exactly one zstd frame with a checksum.
 *
 * Node's decompressor does not notice a missing checksum, ignores what follows a frame in the same chunk and
 * decodes it when it comes in the next. A packet is one frame, so that nothing in the file escapes the checksum.
 *
 * Errors:  PacketRefusal `damaged`.
 */
export async function* checkFrame(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const frame = new FrameWalker();
  for await (const chunk of chunks) {
    if (frame.take(chunk) < chunk.length) throw damagedPacket('something follows the end of its content');
    yield chunk;
  }
  if (!frame.ended) throw damagedPacket('its end is missing');
}
