import { createHash } from 'node:crypto';
import type { Random } from '../../electron/platform/random.ts';

/** Randomness that is the same for the same seed. */
export function createSeededRandom(seed = 'seed'): Random {
  let count = 0;
  return {
    bytes(length) {
      const blocks: Buffer[] = [];
      for (let size = 0; size < length; size += 32) {
        count += 1;
        blocks.push(createHash('sha256').update(`${seed} ${count}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, length);
    },
  };
}
