import type { Stored } from '../values/columnReader.ts';

/** The most rows of one edition: what the set of keys may take is bounded by it (8 bytes a slot, 256 MB at most). */
export const mostRows = 20_000_000;

/**
 * Which row has which key, by hash: eight bytes a slot in place of the keys themselves, so that a million rows take
 * 16 MB. Two keys may share a hash; `isSame` looks at the row itself, so that the answer is exact.
 */
export class KeySet {
  /** Pairs of hash and row number; a row number of 0 is a free slot. */
  #slots = new Uint32Array(2 * 4096);
  #count = 0;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A hash of some of a row's values. The seed keeps a file from being made to collide. */
  hash(values: readonly Stored[], offset: number, places: readonly number[]): number {
    let hash = this.#seed;
    for (const place of places) {
      const value = values[offset + place];
      const text = typeof value === 'string' ? value : String(value);
      for (let at = 0; at < text.length; at += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
        hash ^= hash >>> 15;
      }
      // Ends the value: ("ab", "c") is another key than ("a", "bc").
      hash = Math.imul(hash ^ 0x1_0000, 0x27d4eb2f);
    }
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  /** The number of the row with this key; 0 where there is none. */
  find(hash: number, isSame: (number: number) => boolean): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = slots[2 * slot + 1] ?? 0;
      if (number === 0 || (slots[2 * slot] === hash && isSame(number))) return number;
    }
  }

  add(hash: number, number: number): void {
    this.#count += 1;
    if (this.#count * 4 > (this.#slots.length / 2) * 3) this.#grow();
    this.#put(hash, number);
  }

  #put(hash: number, number: number): void {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    let slot = hash & mask;
    while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = number;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      const number = old[at + 1] ?? 0;
      if (number !== 0) this.#put(old[at] ?? 0, number);
    }
  }
}
