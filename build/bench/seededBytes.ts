import { createCipheriv } from 'node:crypto';

/**
 * A stream of bytes that no compression shortens, the same for the same seed.
 *
 * Shape: AES-CTR over zeros, in the chunks that are asked for.
 */
export function createSeededBytes(seed: number): (count: number) => Buffer {
  const key = Buffer.alloc(16);
  key.writeUInt32BE(seed);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  return (count) => cipher.update(Buffer.alloc(count));
}

/** Whole numbers from 0 to below `limit`, the same for the same seed. */
export function createSeededNumbers(seed: number): (limit: number) => number {
  const bytes = createSeededBytes(seed);
  let pool = bytes(64 * 1024);
  let at = 0;
  return (limit) => {
    if (at + 4 > pool.length) {
      pool = bytes(64 * 1024);
      at = 0;
    }
    at += 4;
    return pool.readUInt32BE(at - 4) % limit;
  };
}
