import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canary } from '../canary.ts';

it('leaks into a file that nobody removes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'left-'));
  writeFileSync(join(folder, 'left.txt'), canary('password'));
  expect(folder).not.toBe('');
});
