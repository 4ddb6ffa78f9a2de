import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canariesUnder } from './canary.ts';

let folder = '';

/**
 * For vitest's globalSetup: gives the run a temporary folder of its own. What is left in it at the end is searched for
 * the secrets that tests use; what tests remove themselves is searched before (watchSecrets.ts).
 */
export function setup(): void {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'bl-')));
  // The servers of the tests run as other users, and have their files below it.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
}

export function teardown(): void {
  try {
    const finds = canariesUnder(folder);
    if (finds.length > 0) throw new Error(`Secrets of the tests were left behind:\n${finds.join('\n')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
