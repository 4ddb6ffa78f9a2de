import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { connectionLost } from '../transportErrors.ts';
import { LocalFailure } from './localFailure.ts';
import type { StallWatch } from './stallWatch.ts';

/**
 * Sends everything that the source yields, then ends the connection.
 *
 * Promise: memory stays at the two streams' buffers; resolves when the last byte was handed to the system.
 * Errors:  LocalFailure (the source), or why the data connection broke.
 */
export function sendStream(
  socket: Socket,
  source: Readable,
  watch: StallWatch,
  onBytes: ((count: number) => void) | undefined,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let unconfirmed = 0;
  const broke = (cause: unknown) => {
    watch.rest();
    source.destroy();
    reject(cause);
  };
  // The connection may have been given up before the first byte: then it says nothing any more.
  if (socket.destroyed) {
    broke(connectionLost('The data connection broke before the upload began.'));
    return promise;
  }
  socket.once('error', broke);
  socket.once('close', () => broke(connectionLost('The data connection broke during the upload.')));
  socket.on('drain', () => source.resume());
  // What a server sends here means nothing, but has to be read for the end to be noticed.
  socket.resume();
  source.on('data', (chunk: unknown) => {
    // A source yields bytes; text would be a mistake of its maker, and Buffer.from copes with both.
    const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
    unconfirmed += 1;
    watch.expect();
    const more = socket.write(bytes, (error) => {
      if (error) return;
      unconfirmed -= 1;
      if (unconfirmed === 0) watch.rest();
      else watch.expect();
      onBytes?.(bytes.length);
    });
    if (!more) source.pause();
  });
  source.once('error', (cause) => broke(new LocalFailure(cause)));
  source.once('end', () => {
    watch.expect();
    socket.once('finish', () => {
      watch.rest();
      resolve();
    });
    socket.end();
  });
  return promise;
}
