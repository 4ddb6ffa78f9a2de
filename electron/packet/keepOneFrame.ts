import { FrameWalker } from './frameWalker.ts';

/**
 * Drops what Node's zstd compressor writes after its frame: when its last input comes together with the end, it
 * ends the frame and then writes a second, empty one (Node 24). A packet is one frame, and its bytes must not
 * depend on such timing.
 */
export async function* keepOneFrame(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const frame = new FrameWalker();
  for await (const chunk of chunks) {
    const belongs = frame.take(chunk);
    if (belongs > 0) yield chunk.subarray(0, belongs);
  }
}
