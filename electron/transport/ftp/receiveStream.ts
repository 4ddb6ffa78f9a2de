import type { Socket } from 'node:net';
import { connectionLost } from '../transportErrors.ts';
import type { StallWatch } from './stallWatch.ts';

/**
 * Hands every chunk on, one after the other, until the server ends the connection.
 *
 * Promise: nothing is read ahead beyond the socket's own buffer; time spent in `take` is no stall.
 * Errors:  what `take` throws; or why the data connection broke.
 */
export async function receiveStream(
  socket: Socket,
  watch: StallWatch,
  take: (chunk: Buffer) => Promise<void> | void,
): Promise<void> {
  watch.expect();
  try {
    for await (const chunk of socket) {
      watch.rest();
      // A socket without an encoding yields Buffers only.
      await take(chunk as Buffer);
      watch.expect();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_STREAM_PREMATURE_CLOSE') {
      throw connectionLost('The data connection broke during the download.', error);
    }
    throw error;
  } finally {
    watch.rest();
  }
}
