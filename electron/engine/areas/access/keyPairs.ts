import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { KeyPairView } from '../../../../shared/contract/accessCalls.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import { fingerprintOf } from '../../../transport/sftp/hostKey.ts';
import { type KeyPairRequest, makeKeyPair, publicLineOf } from '../../../transport/sftp/makeKeyPair.ts';
import { readKeyFile } from '../../../transport/sftp/readKeyFile.ts';

export interface CreateKeyRequest extends KeyPairRequest {
  /** Absolute; where undefined, a file of the usual name in the data directory. */
  readonly path: string | undefined;
}

/**
 * Makes a key pair and keeps it in two files: the private one for this user only, and `.pub` beside it.
 *
 * Promise: never overwrites; both files are there when it resolves, or neither is.
 * Errors:  key-exists, key-folder-missing, invalid-input (fix).
 */
export async function createKeyPair(dataDir: string, request: CreateKeyRequest): Promise<KeyPairView> {
  const keyFile = request.path ?? defaultKeyFile(dataDir, request.type);
  if (!isAbsolute(keyFile)) throw notAbsolute(keyFile);
  if (request.path === undefined) mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
  else if (!existsSync(dirname(keyFile))) throw folderMissing(keyFile);
  const publicFile = `${keyFile}.pub`;
  for (const file of [keyFile, publicFile]) if (existsSync(file)) throw keyExists(file);
  const pair = await makeKeyPair(request);
  writeNew(keyFile, pair.privateText, 0o600);
  try {
    writeNew(publicFile, `${pair.publicLine}\n`, 0o644);
  } catch (error) {
    rmSync(keyFile, { force: true });
    throw error;
  }
  return { keyFile, publicKey: pair.publicLine, fingerprint: pair.fingerprint };
}

/**
 * The public half of a private key file, from the file itself, or from `.pub` beside it where it does not open.
 *
 * Errors: key-file-unusable, passphrase-needed, passphrase-wrong (fix).
 */
export function showKeyPair(keyFile: string, passphrase: string | undefined): KeyPairView {
  try {
    const key = readKeyFile({ path: keyFile, passphrase });
    return { keyFile, publicKey: publicLineOf(key), fingerprint: fingerprintOf(key.getPublicSSH()) };
  } catch (error) {
    const line =
      error instanceof ExchangeError && error.code.startsWith('passphrase-')
        ? readPublic(keyFile)
        : undefined;
    if (line === undefined) throw error;
    return { keyFile, publicKey: line.text, fingerprint: line.fingerprint };
  }
}

function readPublic(keyFile: string) {
  const file = `${keyFile}.pub`;
  if (!existsSync(file) || statSync(file).size > 64 * 1024) return undefined;
  const text = readFileSync(file, 'utf8').trim();
  const blob = /^(?:ssh-|ecdsa-)\S+ ([A-Za-z0-9+/]+=*)(?: |$)/.exec(text)?.[1];
  return blob === undefined ? undefined : { text, fingerprint: fingerprintOf(Buffer.from(blob, 'base64')) };
}

function defaultKeyFile(dataDir: string, type: KeyPairRequest['type']): string {
  return join(dataDir, 'keys', `branchline_${type}`);
}

function writeNew(path: string, text: string, mode: number): void {
  let file: number;
  try {
    file = openSync(path, 'wx', mode);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw keyExists(path);
    throw notWritten(path, error);
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw notWritten(path, error);
  } finally {
    closeSync(file);
  }
}

function keyExists(path: string): ExchangeError {
  return new ExchangeError({
    code: 'key-exists',
    class: 'fix',
    message: `There is a file already: ${path}. A key is never overwritten.`,
    advice: 'Choose another name, or show the public line of the key that is there.',
  });
}

function folderMissing(path: string): ExchangeError {
  return new ExchangeError({
    code: 'key-folder-missing',
    class: 'fix',
    message: `The folder for the key is not there: ${dirname(path)}.`,
    advice: 'Make the folder first, or leave the file name out.',
  });
}

function notAbsolute(path: string): ExchangeError {
  return new ExchangeError({
    code: 'invalid-input',
    class: 'fix',
    message: `The key file needs its whole path, not only ${path.slice(0, 200)}.`,
    advice: 'Write the path from the root or the drive on, or leave it out.',
  });
}

function notWritten(path: string, cause: unknown): ExchangeError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new ExchangeError({
    code: 'key-not-written',
    class: code === 'ENOSPC' ? 'full' : 'fix',
    message: `The key file ${path} cannot be written (${code}).`,
    advice: 'Choose a folder that this user may write to.',
    cause,
  });
}
