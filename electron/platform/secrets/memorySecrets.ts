import type { Secrets } from './secrets.ts';

/** Keeps secrets until the process ends; for tests and the demo. */
export function createMemorySecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => {
      kept.set(key, value);
    },
    remove: async (key) => {
      kept.delete(key);
    },
    describe: () => 'the memory of this process',
  };
}
