import { expect, test } from 'vitest';
import { reservePorts } from './reservePorts.ts';

test.runIf(process.platform === 'linux')(
  'blocks of ports never overlap, and are free again afterwards',
  async () => {
    const blocks = await Promise.all(Array.from({ length: 10 }, () => reservePorts()));
    const ranges = blocks
      .map((block) => [block.control, block.passiveThrough] as const)
      .sort((a, b) => a[0] - b[0]);
    for (const [index, range] of ranges.entries()) {
      expect(range[1]).toBeGreaterThan(range[0]);
      expect(range[0]).toBeGreaterThan(ranges[index - 1]?.[1] ?? 0);
    }
    await Promise.all(blocks.map((block) => block.release()));
    const again = await Promise.all(Array.from({ length: 90 }, () => reservePorts().catch(() => undefined)));
    expect(again.filter((block) => block !== undefined).length).toBeGreaterThan(10);
    await Promise.all(again.map((block) => block?.release()));
  },
);
