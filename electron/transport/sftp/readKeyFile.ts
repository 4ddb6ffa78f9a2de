import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
// Its parts are not all named in a way that Node can see: the default import has them.
import ssh2, { type ParsedKey } from 'ssh2';
import { ExchangeError } from '../../../shared/errors.ts';

export interface KeyFile {
  readonly path: string;
  readonly passphrase: string | undefined;
}

/** No private key is longer. */
const largestKeyBytes = 64 * 1024;

/**
 * Reads a private key: OpenSSH's format, PEM (PKCS#1, SEC 1, PKCS#8), or PuTTY's .ppk of version 2.
 *
 * Errors: key-file-unusable, passphrase-needed, passphrase-wrong (all fix), in plain words.
 */
export function readKeyFile({ path, passphrase }: KeyFile): ParsedKey {
  const text = readText(path);
  const ppk = /^PuTTY-User-Key-File-(\d+): (\S+)/.exec(text);
  if (ppk !== null && ppk[1] !== '2') throw newerPpk(path);
  const parsed = ssh2.utils.parseKey(fromPkcs8(text, path, passphrase), passphrase);
  // OpenSSH's format has room for several keys; programs write one.
  const key: ParsedKey | Error | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined) throw unusable(path, 'it holds no key');
  if (key instanceof Error) throw keyError(key, path, passphrase, ppk?.[2]);
  if (!key.isPrivateKey()) throw unusable(path, 'it holds the public key only; the private one is needed');
  return key;
}

/** `~/…` is in the home directory of this machine's user. */
function keyPath(path: string): string {
  return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}

function readText(path: string): string {
  const file = keyPath(path);
  try {
    if (statSync(file).size > largestKeyBytes) throw unusable(path, 'it is too large for a key');
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (error instanceof ExchangeError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') throw unusable(path, 'it is not there', error);
    if (code === 'EACCES' || code === 'EPERM') throw unusable(path, 'this user may not read it', error);
    throw unusable(path, `it cannot be read (${code})`, error);
  }
}

/** PKCS#8, which the SSH library does not read, as the older PEM form of the same key; anything else as it is. */
function fromPkcs8(text: string, path: string, passphrase: string | undefined): string {
  const header = /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m.exec(text);
  if (header === null) return text;
  const encrypted = header[1] !== undefined;
  if (encrypted && passphrase === undefined) throw passphraseNeeded(path);
  try {
    const key = createPrivateKey({ key: text, ...(encrypted ? { passphrase } : {}) });
    const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1';
    return String(key.export({ format: 'pem', type }));
  } catch (error) {
    if (encrypted) throw passphraseWrong(path, error);
    throw unusable(path, 'this kind of PEM file is not supported', error);
  }
}

function keyError(
  error: Error,
  path: string,
  passphrase: string | undefined,
  ppkType: string | undefined,
): ExchangeError {
  const words = error.message;
  if (/no passphrase given/i.test(words)) return passphraseNeeded(path, error);
  if (/bad passphrase|integrity check failed|bad decrypt/i.test(words) && passphrase !== undefined)
    return passphraseWrong(path, error);
  if (ppkType !== undefined) return newerPpk(path, error);
  if (/unsupported cipher/i.test(words))
    return unusable(path, 'it is encrypted in a way that is not supported', error);
  return unusable(path, 'it is no private key in OpenSSH, PEM or PuTTY (.ppk) format', error);
}

function newerPpk(path: string, cause?: unknown): ExchangeError {
  return unusable(
    path,
    'of PuTTY’s .ppk files only those of version 2 with an RSA key can be read',
    cause,
    'In PuTTYgen open the key and choose Conversions > Export OpenSSH key; or make a new key pair here.',
  );
}

function unusable(
  path: string,
  why: string,
  cause?: unknown,
  advice = 'Choose another key file in the FTP Configuration, or create a key pair.',
): ExchangeError {
  const message = `The key file ${path} cannot be used: ${why}.`;
  return new ExchangeError({ code: 'key-file-unusable', class: 'fix', message, advice, cause });
}

function passphraseNeeded(path: string, cause?: unknown): ExchangeError {
  return new ExchangeError({
    code: 'passphrase-needed',
    class: 'fix',
    message: `The key file ${path} is protected by a passphrase, and none is saved.`,
    advice: 'Enter the passphrase in the FTP Configuration.',
    cause,
  });
}

function passphraseWrong(path: string, cause?: unknown): ExchangeError {
  return new ExchangeError({
    code: 'passphrase-wrong',
    class: 'fix',
    message: `The passphrase does not open the key file ${path}.`,
    advice: 'Enter the passphrase of this key file in the FTP Configuration.',
    cause,
  });
}
