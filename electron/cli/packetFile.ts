import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { usageError } from './usageError.ts';

/** The path of a packet file that is there. Errors: usage. */
export function packetFile(typed: string): string {
  const path = resolve(typed);
  const found = typed.includes('\0') ? undefined : statSync(path, { throwIfNoEntry: false });
  if (typed.trim() === '' || found === undefined) {
    throw usageError(
      `There is no file ${JSON.stringify(typed)}.`,
      'Name a packet file, one that ends in .tar.zst',
    );
  }
  if (!found.isFile())
    throw usageError(
      `${JSON.stringify(typed)} is not a file.`,
      'Name a packet file, one that ends in .tar.zst',
    );
  return path;
}
