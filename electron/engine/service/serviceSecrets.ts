import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { dataPaths } from '../../platform/paths.ts';
import type { Random } from '../../platform/random.ts';
import { readKeychainNote } from '../../platform/secrets/keychainNote.ts';
import { createVaultSecrets } from '../../platform/secrets/vaultSecrets.ts';
import { readSettings } from '../../platform/settingsFile.ts';
import { neededSecrets } from '../neededSecrets.ts';
import { wordsForShell } from './wordsForShell.ts';

export interface ServiceSecretsOptions {
  readonly dataDir: string;
  readonly vaultKeyFile: string | undefined;
  /** The number of the account that the service runs as, where it is another one than this. */
  readonly uid: number | undefined;
  /** A person's own agent on macOS can open the keychain. */
  readonly mayUseKeychain: boolean;
  readonly random: Random;
}

/**
 * Makes sure that a service will find the secrets it needs with nobody logged in. Nothing is moved.
 *
 * Errors: fix: not-configured; `secrets-unavailable`, with what to do; those of the vault.
 */
export async function checkServiceSecrets(options: ServiceSecretsOptions): Promise<void> {
  const { dataDir, vaultKeyFile, random } = options;
  const settings = readSettings(dataDir);
  if (settings === undefined) {
    throw unavailable(
      `Branchline is not set up in ${dataDir}.`,
      'Set it up first: branchline init',
      'not-configured',
    );
  }
  const needed = neededSecrets(settings);
  if (vaultKeyFile === undefined) {
    if (needed.length === 0 || options.mayUseKeychain) return;
    throw unavailable(
      whereItIs(dataDir),
      'Make a key for an encrypted vault: branchline service install --make-vault-key. It then says how to put the password there. Or name one: --vault-key-file FILE.',
    );
  }
  checkReader(vaultKeyFile, options.uid);
  const vault = createVaultSecrets({
    path: dataPaths(dataDir).vault,
    key: { kind: 'file', path: vaultKeyFile },
    random,
  });
  for (const { key, setting, what } of needed) {
    if ((await vault.get(key)) !== undefined) continue;
    const command = `BRANCHLINE_VAULT_KEY_FILE=${wordsForShell([vaultKeyFile])} branchline ${wordsForShell(['--data-dir', dataDir])} config set ${setting}`;
    throw unavailable(
      `In the vault of ${dataDir}, ${what} is missing.`,
      `Put it there, as the account that the service runs as: ${command}. Then run this command again.`,
    );
  }
}

function whereItIs(dataDir: string): string {
  const keys = readKeychainNote(join(dataDir, 'keychain.json'))?.keys ?? [];
  return keys.length > 0
    ? 'The password is in the keychain of the person who set it, which is locked while nobody is logged in. A service needs it in the vault.'
    : 'No key to a vault was named, and a service with nobody logged in finds its password nowhere else.';
}

/** Root reads everything, so that a plain try would prove nothing for another account. */
function checkReader(path: string, uid: number | undefined): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || uid === undefined || uid === 0 || stat.uid === uid || (stat.mode & 0o040) !== 0)
    return;
  throw unavailable(
    `The account that the service runs as may not read the vault key file ${path}.`,
    `Give it to that account: chown ${uid} ${wordsForShell([path])}`,
  );
}

function unavailable(message: string, advice: string, code = 'secrets-unavailable'): ExchangeError {
  return new ExchangeError({ code, class: 'fix', message, advice });
}
