import { chownSync, closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileErrorCode, plainFileError } from '../../platform/fileError.ts';
import type { Random } from '../../platform/random.ts';

/**
 * Makes a file with a new vault key, for its owner only.
 *
 * Promise: a file that is there is left as it is, and the answer is false: a key that is lost takes its vault with it.
 */
export function makeVaultKey(path: string, owner: number | undefined, random: Random): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, `${random.bytes(32).toString('base64')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (owner !== undefined) chownSync(path, owner, -1);
    return true;
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false;
    throw plainFileError(error, `the vault key file ${path}`);
  }
}
