import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { canary } from '../canary.ts';

it('leaks into what a process says', async () => {
  const script = 'console.log(Buffer.from(process.env.WORD).toString("base64"))';
  const child = spawn(process.execPath, ['-e', script], { env: { WORD: canary('password') } });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(child, 'close');
  expect(text).not.toBe('');
});
