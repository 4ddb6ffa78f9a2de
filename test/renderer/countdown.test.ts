import { expect, it } from 'vitest';
import { formatCountdown } from '../../renderer/parts/formatCountdown.ts';

it.each([
  [15 * 60_000, '15:00'],
  [14 * 60_000 + 59_001, '15:00'],
  [59_000, '0:59'],
  [1, '0:01'],
  [0, '0:00'],
  [-5000, '0:00'],
  [3_723_000, '1:02:03'],
])('%i ms are left as %s', (ms, shown) => {
  expect(formatCountdown(ms)).toBe(shown);
});
