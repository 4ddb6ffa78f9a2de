import type { FileHandle } from 'node:fs/promises';
import { destroyWhenCancelled } from '../destroyWhenCancelled.ts';
import type { DownloadSink, TransferOptions, UploadSource } from '../transport.ts';
import { connectionLost, sizeMismatch } from '../transportErrors.ts';

const chunkBytes = 256 * 1024;

/** Asked between chunks; throws when the call is to end. */
type Check = () => void;

/** Hands a file to the sink from the offset on. Returns the bytes delivered. Errors: size-mismatch; ForeignError. */
export async function readAll(
  file: FileHandle,
  sink: DownloadSink,
  path: string,
  check: Check,
  options: (TransferOptions & { readonly offset?: number; readonly expectedBytes?: number }) | undefined,
): Promise<number> {
  const offset = options?.offset ?? 0;
  const expected = options?.expectedBytes;
  const size = (await file.stat()).size;
  if (offset > size) throw sizeMismatch(path, size, offset);
  let position = offset;
  for (;;) {
    // A fresh buffer each time: the sink may keep it.
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, size - position)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) break;
    if (expected !== undefined && position + bytesRead > expected) {
      throw sizeMismatch(path, position + bytesRead, expected);
    }
    await callForeign(() => sink.write(buffer.subarray(0, bytesRead)));
    position += bytesRead;
    options?.onBytes?.(bytesRead);
    check();
  }
  if (expected !== undefined && position !== expected) throw sizeMismatch(path, position, expected);
  return position - offset;
}

/** Writes all that the source yields, from the offset on. Errors: Node's own; ForeignError. */
export async function writeAll(
  file: FileHandle,
  source: UploadSource,
  path: string,
  check: Check,
  options: (TransferOptions & { readonly offset?: number }) | undefined,
): Promise<void> {
  const offset = options?.offset ?? 0;
  const stream = source.open(offset);
  const stopListening = destroyWhenCancelled(stream, options?.signal);
  const chunks = stream[Symbol.asyncIterator]();
  try {
    let position = offset;
    for (;;) {
      const next = await callForeign(() => chunks.next());
      check();
      if (next.done) break;
      const bytes = next.value instanceof Uint8Array ? next.value : Buffer.from(String(next.value));
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
        if (bytesWritten === 0) throw connectionLost(`Nothing more can be written: ${path}.`);
        written += bytesWritten;
      }
      position += bytes.length;
      options?.onBytes?.(bytes.length);
    }
  } finally {
    stopListening();
    stream.destroy();
  }
}

/** Carries what the caller's own source or sink threw past the mapping of file errors. */
export class ForeignError extends Error {
  readonly original: unknown;

  constructor(original: unknown) {
    super('foreign');
    this.original = original;
  }
}

async function callForeign<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ForeignError(error);
  }
}
