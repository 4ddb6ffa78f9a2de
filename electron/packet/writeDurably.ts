import { open } from 'node:fs/promises';
import { flushBehind } from '../platform/flushBehind.ts';

/** Writes a file from a stream of any length. Promise: durable when it returns. */
export async function writeDurably(
  path: string,
  flags: 'w' | 'wx',
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  const handle = await open(path, flags);
  const flush = flushBehind(handle);
  try {
    try {
      for await (const chunk of content) {
        await handle.writeFile(chunk);
        flush.wrote(chunk.length);
      }
    } finally {
      await flush.settled();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
