import type { FileHandle } from 'node:fs/promises';

/** How much may be waiting for the disk when the last byte is written. */
const flushBytes = 32 * 1024 * 1024;

/** Keeps the disk busy while a large file is written, so that its end does not wait for all of it. */
export interface FlushBehind {
  /** Say how much was written; a flush may begin and goes on behind. Errors: those of an earlier flush. */
  wrote(bytes: number): void;
  /** Resolves when no flush is under way any more; the handle may be closed then. Errors: those of a flush. */
  settled(): Promise<void>;
}

export function flushBehind(handle: FileHandle): FlushBehind {
  let unflushed = 0;
  let flushing: Promise<void> | undefined;
  // A system tells of a failed flush once: it must not get lost.
  let failure: { readonly error: unknown } | undefined;
  const flush = async () => {
    try {
      await handle.datasync();
    } catch (error) {
      failure ??= { error };
    }
    flushing = undefined;
  };
  return {
    wrote(bytes) {
      if (failure !== undefined) throw failure.error;
      unflushed += bytes;
      if (unflushed < flushBytes || flushing !== undefined) return;
      unflushed = 0;
      flushing = flush();
    },
    async settled() {
      await flushing;
      if (failure !== undefined) throw failure.error;
    },
  };
}
