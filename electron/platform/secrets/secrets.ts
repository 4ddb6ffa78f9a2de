/**
 * Keeps what must not be read by others.
 *
 * Promise: a secret is never kept, or given up for lost, in silence: a store that cannot be opened throws.
 * Errors:  fix: `secrets-unavailable` (no keychain, no key named), `vault-key-wrong`, `vault-damaged`.
 */
export interface Secrets {
  /** Undefined when nothing is kept under this key. */
  get(key: SecretKey): Promise<string | undefined>;
  /** Durable when it resolves. */
  set(key: SecretKey, value: string): Promise<void>;
  /** Does nothing when nothing is kept under this key. */
  remove(key: SecretKey): Promise<void>;
  /** Where secrets are kept, in plain words, to stand in the middle of a sentence. */
  describe(): string;
}

/** The password of the FTP Configuration. */
export const ftpPasswordKey = 'ftp-password';
/** The passphrase of the SSH key file. */
export const keyPassphraseKey = 'ssh-key-passphrase';
/** The password of the mail server. */
export const mailPasswordKey = 'mail-password';
export type SecretKey = typeof ftpPasswordKey | typeof keyPassphraseKey | typeof mailPasswordKey;
