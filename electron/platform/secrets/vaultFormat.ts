import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../random.ts';

/*
 * `vault.json`: all secrets in one AES-256-GCM ciphertext, under a key that scrypt makes of the
 * administrator's key. scrypt gives two keys: one encrypts; the other makes `keyCheck`, by which a wrong key
 * is told from a damaged file. Everything outside the ciphertext is authenticated with it.
 */

const base64 = (bytes: number) => z.base64().length(Math.ceil(bytes / 3) * 4);

const headSchema = z.strictObject({
  format: z.literal('branchline-vault'),
  formatVersion: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    /** Work factors; bounded, because a tampered file must not take the machine's memory. */
    cost: z
      .int()
      .min(2 ** 14)
      .max(2 ** 18),
    blockSize: z.literal(8),
    parallelization: z.literal(1),
    salt: base64(16),
  }),
  keyCheck: base64(32),
});
type VaultHead = z.infer<typeof headSchema>;

const vaultSchema = z.strictObject({
  ...headSchema.shape,
  cipher: z.literal('aes-256-gcm'),
  nonce: base64(12),
  tag: base64(16),
  data: z.base64().max(1024 * 1024),
});
export type Vault = z.infer<typeof vaultSchema>;

const secretsSchema = z.record(z.string(), z.string());
type SecretsByKey = z.infer<typeof secretsSchema>;

interface VaultKeys {
  readonly encryption: Buffer;
  readonly check: Buffer;
}

/** Errors: a ZodError or SyntaxError for anything but a whole vault of this format. */
export function parseVault(text: string): Vault {
  return vaultSchema.parse(JSON.parse(text));
}

/** The keys for this vault; undefined when the administrator's key is not the one that the vault was made with. */
export async function unlockVault(vault: VaultHead, key: string): Promise<VaultKeys | undefined> {
  const keys = await deriveKeys(key, vault.kdf);
  return timingSafeEqual(keyCheckOf(keys), Buffer.from(vault.keyCheck, 'base64')) ? keys : undefined;
}

/** A head for a new vault. */
export async function newVaultHead(
  key: string,
  random: Random,
): Promise<{ readonly head: VaultHead; readonly keys: VaultKeys }> {
  const kdf = {
    name: 'scrypt' as const,
    cost: 2 ** 15,
    blockSize: 8 as const,
    parallelization: 1 as const,
    salt: random.bytes(16).toString('base64'),
  };
  const keys = await deriveKeys(key, kdf);
  return {
    head: {
      format: 'branchline-vault',
      formatVersion: 1,
      kdf,
      keyCheck: keyCheckOf(keys).toString('base64'),
    },
    keys,
  };
}

/** A fresh nonce each time: two ciphertexts under one nonce would give both away. */
export function sealVault(head: VaultHead, keys: VaultKeys, secrets: SecretsByKey, random: Random): Vault {
  const nonce = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.encryption, nonce);
  cipher.setAAD(authenticated(head));
  const data = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return {
    format: head.format,
    formatVersion: head.formatVersion,
    kdf: head.kdf,
    keyCheck: head.keyCheck,
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Errors: any error when a single bit was changed. */
export function openVault(vault: Vault, keys: VaultKeys): SecretsByKey {
  const decipher = createDecipheriv('aes-256-gcm', keys.encryption, Buffer.from(vault.nonce, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(authenticated(vault));
  decipher.setAuthTag(Buffer.from(vault.tag, 'base64'));
  const data = Buffer.concat([decipher.update(Buffer.from(vault.data, 'base64')), decipher.final()]);
  return secretsSchema.parse(JSON.parse(data.toString('utf8')));
}

function authenticated({ format, formatVersion, kdf, keyCheck }: VaultHead): Buffer {
  const { name, cost, blockSize, parallelization, salt } = kdf;
  return Buffer.from(
    JSON.stringify([format, formatVersion, name, cost, blockSize, parallelization, salt, keyCheck]),
  );
}

function keyCheckOf(keys: VaultKeys): Buffer {
  return createHmac('sha256', keys.check).update('branchline-vault key check').digest();
}

function deriveKeys(key: string, kdf: VaultHead['kdf']): Promise<VaultKeys> {
  const options = {
    N: kdf.cost,
    r: kdf.blockSize,
    p: kdf.parallelization,
    // scrypt takes 128 · N · r bytes, and Node refuses unless a little more is allowed.
    maxmem: 128 * kdf.cost * kdf.blockSize + 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    scrypt(key, Buffer.from(kdf.salt, 'base64'), 64, options, (error, derived) => {
      if (error === null) resolve({ encryption: derived.subarray(0, 32), check: derived.subarray(32) });
      else reject(error);
    });
  });
}
