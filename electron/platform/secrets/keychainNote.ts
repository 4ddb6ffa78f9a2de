import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ExchangeError } from '../../../shared/errors.ts';
import { writeFileAtomic } from '../atomicWrite.ts';
import { fileErrorCode, plainFileError } from '../fileError.ts';

/**
 * What a data directory knows of the secrets that the keychain keeps for it; nothing secret.
 *
 * `id` tells its secrets from those of other data directories of one person, and survives a move of the
 * directory, which its path would not. `keys` are kept ones: a locked keychain answers like an empty one, and
 * without this note a password that cannot be read would look like one that was never set.
 */
const keychainNoteSchema = z.object({ id: z.uuid(), keys: z.array(z.string()) });
export type KeychainNote = z.infer<typeof keychainNoteSchema>;

/**
 * Undefined where no secret was ever kept.
 *
 * Errors: fix: `secrets-unavailable` for a spoilt note; `data-dir-not-writable`.
 */
export function readKeychainNote(path: string): KeychainNote | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw plainFileError(error, `the keychain's note ${path}`);
  }
  try {
    return keychainNoteSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ExchangeError({
      code: 'secrets-unavailable',
      class: 'fix',
      message: `The file ${path}, which says where in the keychain the password is, was spoilt.`,
      advice: 'Move it away and set the password again.',
      cause,
    });
  }
}

export function writeKeychainNote(path: string, note: KeychainNote): void {
  try {
    writeFileAtomic(path, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  } catch (error) {
    throw plainFileError(error, `the keychain's note ${path}`);
  }
}
