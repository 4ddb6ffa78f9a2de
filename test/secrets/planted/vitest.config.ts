import { defineConfig } from 'vitest/config';

/** Runs the tests that leak on purpose, with the same watch as all others. */
// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    root: '.',
    include: ['test/secrets/planted/*.planted.ts'],
    globalSetup: ['test/secrets/runFolder.ts'],
    setupFiles: ['test/secrets/watchSecrets.ts'],
    pool: 'forks',
    maxWorkers: 1,
  },
});
