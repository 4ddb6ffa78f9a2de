import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseListing } from '../../electron/transport/ftp/parseListing.ts';
import { isUsableName, longestName } from '../../electron/transport/listingLimits.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { fuzzTest, resultOrRefusal } from './fuzzTest.ts';
import { mutated } from './mutations.ts';

const now = Date.UTC(2026, 10, 21, 8, 41);

const listings = {
  MLSD: [
    'type=cdir;modify=20261121084100; .\r\ntype=file;size=1057;modify=20261121084100;perm=adfrw; 0012-central-00000042-k3f9q2m7.tar.zst\r\ntype=dir;sizd=4096;modify=20261121084100.123; stores\r\n',
    'modify=20261121084100;perm=adfr;size=0;type=file;unique=FD01U1;UNIX.group=0;UNIX.mode=0644;UNIX.owner=0; é file with blanks.csv\r\n',
    'type=OS.unix=slink:/etc/passwd;size=1; link\r\ntype=OS.unix=symlink;unique=1; other\r\n',
  ],
  LIST: [
    'total 12\r\ndrwxr-xr-x    2 2000     2000         4096 Nov 21 08:41 stores\r\n-rw-r--r--    1 2000     2000         1057 Nov 21  2025 0012-central-00000042-k3f9q2m7.tar.zst\r\n',
    '-rw-r--r--+   1 patrick  staff   1057 Dec 11 14:35 test one.txt\r\nlrwxrwxrwx 1 a b 4 Jan 1 00:00 link -> /etc/passwd\r\ncrw-rw-rw- 1 root wheel 1,   3 Feb 29 2024 null\r\n',
    '11-21-26  08:41AM       <DIR>          stores\r\n11-21-26  08:41AM                 1057 a b.csv\r\n',
    '2026-11-21  08:41              1,057 b.csv\r\n',
    '-rw-r--r-- 1 joe doe mar group name 2108 2026-11-21 08:41 c.csv\r\n-rw-r--r-- 1 a b 10 8月 9日 2026年 d.csv\r\n',
    'type=file;size=1057;modify=20261121084100; a.csv\r\n a name alone\r\n',
  ],
} as const;

async function checkListing(form: 'MLSD' | 'LIST', raw: Buffer): Promise<void> {
  const outcome = await resultOrRefusal(() => parseListing(raw, form, now), ExchangeError);
  if ('refusal' in outcome) {
    expect(outcome.refusal).toMatchObject({ code: 'bad-reply', class: 'retry' });
    expect(outcome.refusal.message.length).toBeLessThan(500);
    return;
  }
  for (const entry of outcome.value) {
    expect(isUsableName(entry.name)).toBe(true);
    expect(entry.name.length).toBeLessThanOrEqual(longestName);
    expect(['file', 'folder']).toContain(entry.kind);
    const { sizeBytes, modifiedMs } = entry;
    expect(sizeBytes === undefined || (Number.isSafeInteger(sizeBytes) && sizeBytes >= 0)).toBe(true);
    expect(modifiedMs === undefined || Number.isFinite(modifiedMs)).toBe(true);
  }
}

for (const form of ['MLSD', 'LIST'] as const) {
  fuzzTest(
    `a ${form} listing, whatever it holds, is read or refused`,
    6000,
    mutated([...listings[form], ...listings.LIST, ...listings.MLSD]),
    (raw) => checkListing(form, raw),
  );
}

/** Lines made to keep a pattern matcher busy: the beginning of a good line, one piece over and over, an end. */
const pumped = fc
  .tuple(
    fc.constantFrom(...listings.LIST, ...listings.MLSD),
    fc.nat(80),
    fc.constantFrom(
      'a',
      '1',
      ' ',
      'a ',
      '1 ',
      ' 1',
      '1,',
      ', ',
      '\t',
      'a  b',
      '=',
      ';',
      'a=b;',
      ': ',
      '-',
      '\u3000',
      '1/1/1 ',
      'Nov 1 ',
    ),
    fc.integer({ min: 100, max: 4900 }),
    fc.constantFrom('', ' ', 'x', '\0', ' 1', ' Nov 21 08:41'),
  )
  .map(([sample, start, piece, length, end]) => {
    const line =
      sample.slice(0, start).replace(/\s*[\r\n][\s\S]*$/, '') +
      piece.repeat(Math.floor(length / piece.length)) +
      end;
    return Buffer.from(`${Array<string>(40).fill(line).join('\r\n')}\r\n`);
  });
fuzzTest('lines that keep a pattern matcher busy cost no time', 800, pumped, async (raw) => {
  const before = process.cpuUsage();
  await checkListing('LIST', raw);
  await checkListing('MLSD', raw);
  // 40 lines here; the largest listing that is read has 13,000 such lines.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(400);
});

test('a listing of more entries, longer lines or longer names than any folder has is refused', () => {
  const line = 'type=file;size=1; ';
  const refused = (raw: string, form: 'MLSD' | 'LIST') =>
    expect(() => parseListing(Buffer.from(raw), form, now)).toThrow(ExchangeError);
  refused(`${line}a\r\n`.repeat(100_004), 'MLSD');
  refused(`-rw-r--r-- 1 a b 1 Nov 21 08:41 a\r\n`.repeat(100_004), 'LIST');
  refused(`${line}${'a'.repeat(6000)}\r\n`, 'MLSD');
  refused(`${line}${'a'.repeat(1001)}\r\n`, 'MLSD');
  refused(`-rw-r--r-- 1 a b 1 Nov 21 08:41 ${'a'.repeat(1001)}\r\n`, 'LIST');
});
