import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { writeFileAtomic } from '../atomicWrite.ts';
import { fileErrorCode, plainFileError } from '../fileError.ts';
import { type Random, uuidV4 } from '../random.ts';
import type { Secrets } from './secrets.ts';

/** The part of keytar that is used here. */
interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const service = 'branchline';

/**
 * Secrets in the operating system's keychain, under the service `branchline` and an account that names the
 * data directory: several sites may be set up by one person on one machine.
 */
export function createKeychainSecrets(options: {
  readonly dataDir: string;
  readonly random: Random;
  readonly load?: () => Promise<Keychain>;
}): Secrets {
  const load = options.load ?? loadKeytar;
  const idPath = join(options.dataDir, 'keychain.id');

  async function ask<T>(question: (keychain: Keychain) => Promise<T>): Promise<T> {
    try {
      return await question(await load());
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  return {
    async get(key) {
      const id = readId(idPath);
      if (id === undefined) return undefined;
      return (await ask((keychain) => keychain.getPassword(service, `${id}/${key}`))) ?? undefined;
    },
    async set(key, value) {
      const id = readId(idPath) ?? makeId(idPath, options.random);
      await ask((keychain) => keychain.setPassword(service, `${id}/${key}`, value));
    },
    async remove(key) {
      const id = readId(idPath);
      if (id === undefined) return;
      await ask((keychain) => keychain.deletePassword(service, `${id}/${key}`));
    },
    describe: () => "the operating system's keychain",
  };
}

/** Loaded at first use: on Linux the import itself fails where libsecret is missing, and most commands need no secret. */
async function loadKeytar(): Promise<Keychain> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

/** The id survives a move of the data directory, which its path would not. It is no secret. */
function readId(path: string): string | undefined {
  try {
    const id = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw plainFileError(error, `the keychain's id ${path}`);
  }
}

function makeId(path: string, random: Random): string {
  const id = uuidV4(random);
  try {
    writeFileAtomic(path, `${id}\n`, { mode: 0o600 });
  } catch (error) {
    throw plainFileError(error, `the keychain's id ${path}`);
  }
  return id;
}

function unavailable(cause: unknown): ExchangeError {
  return new ExchangeError({
    code: 'secrets-unavailable',
    class: 'fix',
    message:
      "The operating system's keychain cannot be used here, so the password can neither be kept nor read.",
    advice:
      'Log in to a desktop session with a keychain, or, for a service or a machine without one, name a key for an encrypted vault file: BRANCHLINE_VAULT_KEY_FILE=/path/to/key (make one with "openssl rand -base64 32"). A script may also pass BRANCHLINE_PASSWORD.',
    cause,
  });
}
