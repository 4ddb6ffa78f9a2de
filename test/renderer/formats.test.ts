import { expect, it } from 'vitest';
import { formatBytes, formatRate } from '../../renderer/parts/formatBytes.ts';
import { formatAgo, formatDuration } from '../../renderer/parts/formatTime.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1500, '1.5 KB'],
  [999_499, '999 KB'],
  [999_999, '1 MB'],
  [123_456_789, '123 MB'],
  [1_000_000_000, '1 GB'],
  [-5, '0 B'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('a rate is bytes a second', () => {
  expect(formatRate(2_500_000)).toBe('2.5 MB/s');
});

it.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
])('%d ms last %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('says how long ago something was', () => {
  const now = 1_800_000_000_000;
  expect(formatAgo(now - 5 * 60_000, now)).toBe('5 minutes ago');
  expect(formatAgo(now + 2 * 3_600_000, now)).toBe('in 2 hours');
  expect(formatAgo(now - 86_400_000, now)).toBe('yesterday');
});
