import ssh2, { type ParsedKey } from 'ssh2';
import { ExchangeError } from '../../../shared/errors.ts';
import { fingerprintOf } from './hostKey.ts';

export type KeyPairType = 'ed25519' | 'rsa';

export interface KeyPairRequest {
  readonly type: KeyPairType;
  /** For people, at the end of the public line. */
  readonly comment: string;
  readonly passphrase: string | undefined;
}

export interface KeyPair {
  /** The private key in OpenSSH's format. */
  readonly privateText: string;
  readonly publicLine: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/** The rounds of bcrypt that ssh-keygen takes. */
const rounds = 16;

/**
 * Makes a new key pair.
 *
 * Its randomness comes from node:crypto inside the library, not from platform/random.ts: a key that a test's seeded
 * dice could repeat would be none.
 */
export async function makeKeyPair({ type, comment, passphrase }: KeyPairRequest): Promise<KeyPair> {
  const encryption = passphrase === undefined ? {} : { passphrase, cipher: 'aes256-ctr', rounds };
  const made = await generate(type, { comment, ...encryption });
  const parsed = ssh2.utils.parseKey(made.private, passphrase);
  const key: ParsedKey | Error | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  // Read back before anybody relies on it.
  if (key === undefined || key instanceof Error || !signsAndVerifies(key)) throw notMade();
  return {
    privateText: made.private,
    publicLine: made.public,
    fingerprint: fingerprintOf(key.getPublicSSH()),
  };
}

/** The line that a provider is given, as in `.pub` files. */
export function publicLineOf(key: ParsedKey): string {
  return [key.type, key.getPublicSSH().toString('base64'), key.comment]
    .filter((part) => part !== '')
    .join(' ');
}

function generate(
  type: KeyPairType,
  options: {
    readonly comment: string;
    readonly passphrase?: string;
    readonly cipher?: string;
    readonly rounds?: number;
  },
): Promise<{ readonly private: string; readonly public: string }> {
  return new Promise((resolve, reject) => {
    const made = (error: Error | null, keys: { private: string; public: string }) =>
      error === null || error === undefined ? resolve(keys) : reject(error);
    // The library's types know encrypted and plain options apart; a passphrase comes with all its parts or with none.
    const given = options as { comment: string };
    if (type === 'rsa') ssh2.utils.generateKeyPair('rsa', { bits: 4096, ...given }, made);
    else ssh2.utils.generateKeyPair('ed25519', given, made);
  });
}

function signsAndVerifies(key: ParsedKey): boolean {
  const text = Buffer.from('Branchline');
  const signature: Buffer | Error = key.sign(text);
  return !(signature instanceof Error) && key.verify(text, signature);
}

function notMade(): ExchangeError {
  return new ExchangeError({
    code: 'key-not-made',
    class: 'retry',
    message: 'The new key could not be read back.',
    advice: 'Try again.',
  });
}
