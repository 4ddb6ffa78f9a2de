import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../platform/temporaryFolder.ts';
import { canary } from '../canary.ts';

it('leaks into a file that the test removes', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'leak.txt'), canary('password'));
  expect(folder).not.toBe('');
});
