import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { ExchangeError } from '../../../shared/errors.ts';
import { plainFileError } from '../fileError.ts';

/** Where the administrator keeps the vault's key. */
export type VaultKeySource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'variable'; readonly value: string };

const shortestKey = 16;

/**
 * The vault's key as text.
 *
 * Errors: fix: `vault-key-unusable`: missing, too short, or a file that every account of this machine may read.
 */
export function readVaultKey(source: VaultKeySource): string {
  const where =
    source.kind === 'file' ? `The vault key file ${source.path}` : 'The variable BRANCHLINE_VAULT_KEY';
  // Editors and `openssl` end the file with a line break, which is no part of the key.
  const key = (source.kind === 'file' ? readKeyFile(source.path) : source.value).replace(/[\r\n]+$/, '');
  if (key.length < shortestKey) {
    throw unusable(
      `${where} holds fewer than ${shortestKey} characters.`,
      'Make a key with "openssl rand -base64 32".',
    );
  }
  return key;
}

function readKeyFile(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw unusable(
      `The vault key file ${path} cannot be read.`,
      'Check BRANCHLINE_VAULT_KEY_FILE, and give the account that runs Branchline the right to read that file.',
      error,
    );
  }
  try {
    const { mode, size } = fstatSync(file);
    // Windows has no such bits; there the folder's permissions decide.
    if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
      throw unusable(
        `Every account of this machine may open the vault key file ${path}.`,
        `Run: chmod 600 ${path}`,
      );
    }
    if (size > 64 * 1024)
      throw unusable(`${path} is too large to be a key.`, 'Name the file that holds the key.');
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw plainFileError(error, `the vault key file ${path}`);
  } finally {
    closeSync(file);
  }
}

function unusable(message: string, advice: string, cause?: unknown): ExchangeError {
  return new ExchangeError({ code: 'vault-key-unusable', class: 'fix', message, advice, cause });
}
