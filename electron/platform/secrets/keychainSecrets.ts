import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { type Random, uuidV4 } from '../random.ts';
import { readKeychainNote, writeKeychainNote } from './keychainNote.ts';
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
  const notePath = join(options.dataDir, 'keychain.json');

  async function ask<T>(question: (keychain: Keychain) => Promise<T>): Promise<T> {
    try {
      return await question(await load());
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  return {
    async get(key) {
      const note = readKeychainNote(notePath);
      if (note === undefined || !note.keys.includes(key)) return undefined;
      const value = await ask((keychain) => keychain.getPassword(service, `${note.id}/${key}`));
      if (value === null) throw withheld();
      return value;
    },
    async set(key, value) {
      const note = readKeychainNote(notePath) ?? { id: uuidV4(options.random), keys: [] };
      await ask((keychain) => keychain.setPassword(service, `${note.id}/${key}`, value));
      if (!note.keys.includes(key)) writeKeychainNote(notePath, { ...note, keys: [...note.keys, key] });
    },
    async remove(key) {
      const note = readKeychainNote(notePath);
      if (note === undefined) return;
      await ask((keychain) => keychain.deletePassword(service, `${note.id}/${key}`));
      writeKeychainNote(notePath, { ...note, keys: note.keys.filter((kept) => kept !== key) });
    },
    describe: () => "the operating system's keychain",
  };
}

/** Loaded at first use: on Linux the import itself fails where libsecret is missing, and most commands need no secret. */
async function loadKeytar(): Promise<Keychain> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

const vaultAdvice =
  'for a service or a machine without a keychain, name a key for an encrypted vault file: BRANCHLINE_VAULT_KEY_FILE=/path/to/key (make one with "openssl rand -base64 32"). A script may also pass BRANCHLINE_PASSWORD.';

function unavailable(cause: unknown): ExchangeError {
  return new ExchangeError({
    code: 'secrets-unavailable',
    class: 'fix',
    message:
      "The operating system's keychain cannot be used here, so the password can neither be kept nor read.",
    advice: `Log in to a desktop session and unlock its keychain, or, ${vaultAdvice}`,
    cause,
  });
}

function withheld(): ExchangeError {
  return new ExchangeError({
    code: 'secrets-unavailable',
    class: 'fix',
    message:
      "The operating system's keychain does not give out the password that was kept in it: it is locked, or the password was taken out.",
    advice: `Unlock the keychain (logging in to the desktop does), or set the password again, or, ${vaultAdvice}`,
  });
}
