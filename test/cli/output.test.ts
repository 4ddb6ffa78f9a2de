import { describe, expect, test } from 'vitest';
import { formatBytes, formatDuration } from '../../electron/cli/output/formatAmounts.ts';
import { formatTable } from '../../electron/cli/output/formatTable.ts';
import { describeProgress, ProgressLine } from '../../electron/cli/output/progressLine.ts';
import { parseLocalTime } from '../../electron/platform/clock.ts';

describe('amounts', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1500, '1.5 KB'],
    [9960, '10 KB'],
    [999_600, '1.0 MB'],
    [64_000_000, '64 MB'],
    [5e15, '5000 TB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test.each([
    [0, '0.0 s'],
    [9960, '10 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('%i ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('a table', () => {
  test('stays aligned with accents, wide letters and numbers', () => {
    expect(
      formatTable(
        ['Name', 'Size'],
        [
          ['e\u0301t\u00e9', '5'],
          ['価格', '12'],
        ],
        [1],
      ),
    ).toEqual(['Name  Size', 'e\u0301t\u00e9      5', '価格    12']);
  });
});

describe('the progress line', () => {
  const progress = {
    phase: 'export',
    what: 'a.tar.zst',
    packetsDone: 2,
    packetsTotal: 5,
    bytesDone: 1_200_000,
    bytesTotal: 4_000_000,
    bytesPerSecond: 800_000,
    remainingMs: 3500,
  } as const;

  test('says what, how much, how fast and how long', () => {
    expect(describeProgress(progress)).toBe(
      'Sending  2 of 5 packets  1.2 MB of 4.0 MB  800 KB/s  3.5 s left  a.tar.zst',
    );
  });

  test('on a terminal it is rewritten, never wraps, and is erased at the end', () => {
    let seen = '';
    const sink = { write: (text: string) => (seen += text), isTTY: true, columns: 30 };
    const line = new ProgressLine(sink, () => 0);
    line.update('x'.repeat(100));
    line.say('A lasting line.');
    line.erase();
    expect(seen.startsWith(`\r\x1b[2K${'x'.repeat(29)}\r`)).toBe(true);
    expect(seen).toContain('\r\x1b[2KA lasting line.\n');
    expect(seen.endsWith('\r\x1b[2K')).toBe(true);
  });

  test('elsewhere it is a plain line every ten seconds, and none in a short run', () => {
    let seen = '';
    let now = 0;
    const line = new ProgressLine({ write: (text: string) => (seen += text) }, () => now);
    for (const [at, text] of [
      [0, 'one'],
      [9999, 'two'],
      [10_000, 'three'],
      [19_999, 'four'],
      [20_001, 'five'],
    ] as const) {
      now = at;
      line.update(text);
    }
    line.erase();
    expect(seen).toBe('three\nfive\n');
  });
});

describe('a date as a person writes it', () => {
  test.each([
    ['2026-11-20T00:00Z', 1_795_132_800_000],
    ['2026-11-20 01:00:05+01:00', 1_795_132_805_000],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['2026-11-20 25:00', undefined],
    ['20.11.2026', undefined],
    ['', undefined],
  ])('%j is %j', (text, ms) => expect(parseLocalTime(text)).toBe(ms));

  test('a day begins at midnight of this machine', () => {
    expect(parseLocalTime('2026-11-20')).toBe(new Date(2026, 10, 20).getTime());
  });
});
