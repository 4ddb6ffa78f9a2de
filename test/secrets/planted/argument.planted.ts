import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { canary } from '../canary.ts';

it('leaks into an argument', async () => {
  const child = spawn(process.execPath, ['--version', canary('password')]);
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
});
