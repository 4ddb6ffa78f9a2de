import { open } from 'node:fs/promises';

/** How much may be waiting for the disk when the last byte is written. */
const flushBytes = 32 * 1024 * 1024;

/**
 * Writes a file from a stream of any length.
 *
 * Promise: durable when it returns. The disk is kept busy from early on, so that the end of a large file does
 *          not wait for all of it.
 */
export async function writeDurably(
  path: string,
  flags: 'w' | 'wx',
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  const handle = await open(path, flags);
  let unflushed = 0;
  let flushing: Promise<void> | undefined;
  // A system reports a failed flush once: it must not get lost.
  let failure: { readonly error: unknown } | undefined;
  const flush = async () => {
    try {
      await handle.datasync();
    } catch (error) {
      failure ??= { error };
    }
    flushing = undefined;
  };
  try {
    for await (const chunk of content) {
      await handle.writeFile(chunk);
      unflushed += chunk.length;
      if (unflushed >= flushBytes && flushing === undefined) {
        unflushed = 0;
        flushing = flush();
      }
      if (failure !== undefined) break;
    }
    await flushing;
    await handle.sync();
  } finally {
    await flushing;
    await handle.close();
  }
  if (failure !== undefined) throw failure.error;
}
