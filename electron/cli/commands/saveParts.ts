import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { usageError } from '../usageError.ts';

interface Part {
  readonly base64: string;
  readonly sizeBytes: number;
}

/**
 * Saves a file that is read part by part.
 *
 * Promise: an existing file is not replaced; nothing is left of one that could not be read to its end.
 * Errors:  usage; what reading throws.
 */
export async function saveParts(
  to: string | undefined,
  named: string,
  read: (offset: number) => Promise<Part>,
): Promise<string> {
  const wanted = resolve(to ?? '.');
  const isFolder = statSync(wanted, { throwIfNoEntry: false })?.isDirectory() === true;
  const target = isFolder ? join(wanted, basename(named)) : wanted;
  const file = openNew(target);
  try {
    let offset = 0;
    for (;;) {
      const { base64, sizeBytes } = await read(offset);
      const bytes = Buffer.from(base64, 'base64');
      writeSync(file, bytes);
      offset += bytes.length;
      if (offset >= sizeBytes || bytes.length === 0) break;
    }
    fsyncSync(file);
    closeSync(file);
    return target;
  } catch (error) {
    closeSync(file);
    rmSync(target, { force: true });
    throw error;
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw usageError(
      code === 'EEXIST'
        ? `${JSON.stringify(path)} exists already, and is not replaced.`
        : `${JSON.stringify(path)} cannot be written.`,
      'Name another file or folder: --to ./copy.pdf',
    );
  }
}
