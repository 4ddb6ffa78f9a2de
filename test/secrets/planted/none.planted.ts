import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../platform/temporaryFolder.ts';

it('leaks nothing', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'fine.txt'), 'nothing secret');
  expect(folder).not.toBe('');
});
