import type { Random } from '../../electron/platform/random.ts';
import { createSeededRandom } from '../support/seededRandom.ts';

/** Decisions that one seed repeats. */
export interface Chance {
  readonly random: Random;
  /** A whole number below `end`. */
  below(end: number): number;
  /** True with this probability, in percent. */
  percent(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

export function chanceOf(seed: number): Chance {
  const random = createSeededRandom(String(seed));
  const below = (end: number) => random.bytes(4).readUInt32LE() % Math.max(1, end);
  return {
    random,
    below,
    percent: (probability) => below(100) < probability,
    pick<T>(choices: readonly T[]): T {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new Error('There is nothing to choose from.');
      return choice;
    },
  };
}
