import { readFileSync } from 'node:fs';
import { ExchangeError } from '../../../shared/errors.ts';
import { writeFileAtomic } from '../atomicWrite.ts';
import { fileErrorCode, plainFileError } from '../fileError.ts';
import type { Random } from '../random.ts';
import type { Secrets } from './secrets.ts';
import { newVaultHead, openVault, parseVault, sealVault, unlockVault, type Vault } from './vaultFormat.ts';
import { readVaultKey, type VaultKeySource } from './vaultKey.ts';

/**
 * Secrets in an encrypted file, for machines without a keychain.
 *
 * Promise: a vault that cannot be opened is never written over: its secrets stay for whoever finds its key.
 * Errors:  fix: `vault-key-unusable`, `vault-key-wrong`, `vault-damaged`, `data-dir-not-writable`.
 */
export function createVaultSecrets(options: {
  readonly path: string;
  readonly key: VaultKeySource;
  readonly random: Random;
}): Secrets {
  const { path, random } = options;

  async function load() {
    const key = readVaultKey(options.key);
    const text = readVault(path);
    if (text === undefined) return { ...(await newVaultHead(key, random)), secrets: {} };
    const vault = parse(text, path);
    const keys = await unlockVault(vault, key);
    if (keys === undefined) throw wrongKey(path);
    return { head: vault, keys, secrets: open(vault, keys, path) };
  }

  async function change(edit: (secrets: Map<string, string>) => void): Promise<void> {
    const { head, keys, secrets } = await load();
    const edited = new Map(Object.entries(secrets));
    edit(edited);
    const sealed = sealVault(head, keys, Object.fromEntries(edited), random);
    try {
      writeFileAtomic(path, `${JSON.stringify(sealed, undefined, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      throw plainFileError(error, `the vault ${path}`);
    }
  }

  // One act at a time, in the order asked for: two changes that overlap would each write what it had read.
  let last: Promise<unknown> = Promise.resolve();
  const queue = <T>(act: () => Promise<T>): Promise<T> => {
    const next = last.then(act);
    last = next.catch(() => undefined);
    return next;
  };

  return {
    get: (key) =>
      queue(async () => {
        // Without a vault, too: an unusable key is said before a person relies on it.
        readVaultKey(options.key);
        if (readVault(path) === undefined) return undefined;
        return new Map(Object.entries((await load()).secrets)).get(key);
      }),
    set: (key, value) =>
      queue(() =>
        change((secrets) => {
          secrets.set(key, value);
        }),
      ),
    remove: (key) =>
      queue(async () => {
        if (readVault(path) === undefined) return;
        await change((secrets) => {
          secrets.delete(key);
        });
      }),
    describe: () => `the encrypted vault file ${path}`,
  };
}

function readVault(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw plainFileError(error, `the vault ${path}`);
  }
}

function parse(text: string, path: string): Vault {
  try {
    return parseVault(text);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function open(vault: Vault, keys: Parameters<typeof openVault>[1], path: string) {
  try {
    return openVault(vault, keys);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause: unknown): ExchangeError {
  return new ExchangeError({
    code: 'vault-damaged',
    class: 'fix',
    message: `The vault ${path} is cut short or was changed, so no password can be read from it.`,
    advice: 'Restore it from a backup, or move it away and set the password again.',
    cause,
  });
}

function wrongKey(path: string): ExchangeError {
  return new ExchangeError({
    code: 'vault-key-wrong',
    class: 'fix',
    message: `The key named by BRANCHLINE_VAULT_KEY_FILE or BRANCHLINE_VAULT_KEY does not open the vault ${path}.`,
    advice:
      'Name the key that the vault was made with. If it is lost, move the vault away and set the password again.',
  });
}
