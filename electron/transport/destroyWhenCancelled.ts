import type { Readable } from 'node:stream';
import { cancelledError } from '../../shared/errors.ts';

/** Ends a stream, stalled or not, as soon as the signal fires; the returned function stops listening. */
export function destroyWhenCancelled(stream: Readable, signal: AbortSignal | undefined): () => void {
  if (signal === undefined) return () => {};
  const stop = () => stream.destroy(cancelledError());
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}
