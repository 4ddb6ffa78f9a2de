import { existsSync } from 'node:fs';
import { ExchangeError } from '../../../shared/errors.ts';
import { dataPaths } from '../paths.ts';
import { type Random, systemRandom } from '../random.ts';
import { createKeychainSecrets } from './keychainSecrets.ts';
import { ftpPasswordKey, keyPassphraseKey, type SecretKey, type Secrets } from './secrets.ts';
import type { VaultKeySource } from './vaultKey.ts';
import { createVaultSecrets } from './vaultSecrets.ts';

export interface SecretsOptions {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly random?: Random;
}

/**
 * Chooses where secrets are kept; never in plain text.
 *
 * 1. BRANCHLINE_PASSWORD, where it is set, is the FTP password, and BRANCHLINE_KEY_PASSPHRASE the passphrase of the
 *    SSH key file, before any kept one. They are only read: setting one goes to the store below, and does not show
 *    while its variable is set.
 * 2. The encrypted vault file, where BRANCHLINE_VAULT_KEY_FILE or BRANCHLINE_VAULT_KEY names its key.
 * 3. The operating system's keychain.
 *
 * Promise: opens nothing by itself; a store that cannot be used says so when a secret is asked of it, so that
 *          what needs no secret works without one.
 */
export function openSecrets({ dataDir, env, random = systemRandom }: SecretsOptions): Secrets {
  const store = chooseStore(dataDir, env, random);
  const set = Object.entries(variables).filter(([, name]) => (env[name] ?? '') !== '');
  if (set.length === 0) return store;
  const names = set.map(([, name]) => name);
  return {
    ...store,
    async get(key) {
      const name = variables[key];
      const value = name === undefined ? undefined : env[name];
      return value === undefined || value === '' ? await store.get(key) : value;
    },
    describe: () =>
      `the variable${names.length > 1 ? 's' : ''} ${names.join(' and ')}, and behind it ${store.describe()}`,
  };
}

const variables: Readonly<Partial<Record<SecretKey, string>>> = {
  [ftpPasswordKey]: 'BRANCHLINE_PASSWORD',
  [keyPassphraseKey]: 'BRANCHLINE_KEY_PASSPHRASE',
};

function chooseStore(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  random: Random,
): Secrets {
  const path = dataPaths(dataDir).vault;
  const file = env['BRANCHLINE_VAULT_KEY_FILE'] || undefined;
  const value = env['BRANCHLINE_VAULT_KEY'] || undefined;
  if (file !== undefined && value !== undefined) {
    return refusing(
      'BRANCHLINE_VAULT_KEY_FILE and BRANCHLINE_VAULT_KEY are both set.',
      'Set only one of them.',
    );
  }
  const key: VaultKeySource | undefined =
    file !== undefined
      ? { kind: 'file', path: file }
      : value !== undefined
        ? { kind: 'variable', value }
        : undefined;
  if (key !== undefined) return createVaultSecrets({ path, key, random });
  if (existsSync(path)) {
    // Falling back to the keychain would look as if the password had been forgotten.
    return refusing(
      `The password is kept in the vault ${path}, and no key to it was named.`,
      'Set BRANCHLINE_VAULT_KEY_FILE to the file that holds its key. To use the keychain from now on, move the vault away and set the password again.',
    );
  }
  return createKeychainSecrets({ dataDir, random });
}

function refusing(message: string, advice: string): Secrets {
  const refuse = () =>
    Promise.reject(new ExchangeError({ code: 'secrets-unavailable', class: 'fix', message, advice }));
  return { get: refuse, set: refuse, remove: refuse, describe: () => 'no place that can be used' };
}
