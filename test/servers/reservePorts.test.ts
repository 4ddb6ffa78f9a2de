import { expect, test } from 'vitest';
import { reservePorts } from './reservePorts.ts';

test.runIf(process.platform === 'linux')('blocks of ports never overlap', async () => {
  const blocks = await Promise.all(Array.from({ length: 8 }, () => reservePorts()));
  const ranges = blocks
    .map((block) => ({ from: block.control, through: block.passiveThrough }))
    .sort((a, b) => a.from - b.from);
  let end = 0;
  for (const { from, through } of ranges) {
    expect(from).toBeGreaterThan(end);
    expect(through).toBeGreaterThan(from);
    end = through;
  }
  await Promise.all(blocks.map((block) => block.release()));
});
