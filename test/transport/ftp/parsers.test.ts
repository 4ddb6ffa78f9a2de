import { describe, expect, test } from 'vitest';
import { activeCommand } from '../../../electron/transport/ftp/activeCommand.ts';
import { parseAnnouncedSize } from '../../../electron/transport/ftp/downloadFile.ts';
import { quoteReply } from '../../../electron/transport/ftp/ftpReply.ts';
import { parsePwdReply } from '../../../electron/transport/ftp/inFolder.ts';
import { parseListing } from '../../../electron/transport/ftp/parseListing.ts';
import { parseEpsvReply, parsePasvReply } from '../../../electron/transport/ftp/passiveReply.ts';
import { choosePassiveHost } from '../../../electron/transport/ftp/passiveTarget.ts';
import { pathArgument } from '../../../electron/transport/ftp/pathArgument.ts';
import { parseFeatures } from '../../../electron/transport/ftp/serverFeatures.ts';
import { parseListTime, parseTimeValue } from '../../../electron/transport/ftp/timeValue.ts';

const nowMs = Date.UTC(2026, 2, 1, 6);

test.for([
  ['229 Entering Extended Passive Mode (|||6446|)', 6446],
  ['229 Entering (!!!6446!)', 6446],
  ['229 Entering Extended Passive Mode (|||0|)', undefined],
  ['229 Entering Extended Passive Mode (|||65536|)', undefined],
  ['229 Entering Extended Passive Mode (|||-1|)', undefined],
  ['229 Entering Extended Passive Mode (|1|10.0.0.1|6446|)', undefined],
  ['229 Entering Extended Passive Mode', undefined],
] as const)('the port of %s', ([text, port]) => {
  expect(parseEpsvReply(text)).toBe(port);
});

test.for([
  ['227 Entering Passive Mode (192,168,1,100,10,229)', { host: '192.168.1.100', port: 2789 }],
  ['227 Entering Passive Mode 10,0,0,1,4,1', { host: '10.0.0.1', port: 1025 }],
  ['227 =10,0,0,1,4,1', { host: '10.0.0.1', port: 1025 }],
  ['227 (256,0,0,1,4,1)', undefined],
  ['227 (10,0,0,1,4,256)', undefined],
  ['227 (10,0,0,1,0,0)', undefined],
  ['227 (10,0,0,1,4)', undefined],
  ['227 (10,0,0,1,4,1,7)', undefined],
  ['227 (-10,0,0,1,4,1)', { host: '10.0.0.1', port: 1025 }],
  ['227 nothing', undefined],
] as const)('the address in %s', ([text, target]) => {
  expect(parsePasvReply(text)).toEqual(target);
});

describe('the host of a passive data connection', () => {
  test.for([
    ['automatic', '203.0.113.9', '203.0.113.9', '203.0.113.9'],
    ['automatic', '192.168.0.7', '203.0.113.9', '203.0.113.9'],
    ['automatic', '0.0.0.0', '203.0.113.9', '203.0.113.9'],
    ['automatic', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['automatic', '127.0.1.1', '127.0.0.1', '127.0.0.1'],
    ['automatic', '203.0.113.9', '::ffff:203.0.113.9', '203.0.113.9'],
    ['control-host', '198.51.100.4', '203.0.113.9', '203.0.113.9'],
    ['use-it', '198.51.100.4', '203.0.113.9', '198.51.100.4'],
  ] as const)('%s: %s announced at %s is %s', ([setting, announced, control, chosen]) => {
    expect(choosePassiveHost(announced, control, setting)).toBe(chosen);
  });

  test.for([
    ['198.51.100.4', '203.0.113.9'],
    ['10.0.0.9', '10.0.0.8'],
    ['198.51.100.4', '10.0.0.8'],
    ['127.0.0.1', '10.0.0.8'],
  ] as const)('automatic: %s announced at %s is refused', ([announced, control]) => {
    expect(() => choosePassiveHost(announced, control, 'automatic')).toThrow(
      expect.objectContaining({ code: 'foreign-data-address', class: 'fix' }),
    );
  });
});

test('PORT is announced for IPv4 and EPRT for IPv6', () => {
  expect(activeCommand('192.168.1.2', 2789)).toBe('PORT 192,168,1,2,10,229');
  expect(activeCommand('2001:db8::1', 2789)).toBe('EPRT |2|2001:db8::1|2789|');
});

test.for([
  ['a/b', 'a/b'],
  ['-a', './-a'],
  [' a', './ a'],
  ['~root', './~root'],
  ['a -b', 'a -b'],
] as const)('%s is sent as %s', ([path, argument]) => {
  expect(pathArgument(path)).toBe(argument);
});

test.for([
  ['20260301060000', nowMs],
  ['20260301060000.5', nowMs + 500],
  ['20260301060000.123456', nowMs + 123],
  ['20260230060000', undefined],
  ['2026030106000', undefined],
  ['', undefined],
  ['20260301060000 ', undefined],
] as const)('the time value %s', ([text, ms]) => {
  expect(parseTimeValue(text)).toBe(ms);
});

test.for([
  ['Mar  1 05:59', Date.UTC(2026, 2, 1, 5, 59)],
  ['Mar 02 05:59', Date.UTC(2026, 2, 2, 5, 59)],
  ['Nov 21 08:41', Date.UTC(2025, 10, 21, 8, 41)],
  ['Nov 21  2019', Date.UTC(2019, 10, 21)],
  ['Feb 30 08:41', undefined],
  ['21. Nov 08:41', undefined],
] as const)('the time %s in a LIST line', ([text, ms]) => {
  expect(parseListTime(text, nowMs)).toBe(ms);
});

test.for([
  ['257 "/" is the current directory', '/'],
  ['257 "/a ""b"" c" created', '/a "b" c'],
  ['257 no quotes', undefined],
  ['257 ""', undefined],
] as const)('the directory in %s', ([text, path]) => {
  expect(parsePwdReply(text)).toBe(path);
});

test('features are found in any case and indentation, and not in the first or last line', () => {
  expect(parseFeatures('211-MLST\n utf8\nREST stream\n AVBL\n MDTM\n211 MLSD')).toEqual({
    exactListings: false,
    utf8: true,
    restart: true,
    availableSpace: true,
  });
  expect(parseFeatures('211-x\n MLST type*;\n211 End')).toEqual({
    exactListings: true,
    utf8: false,
    restart: false,
    availableSpace: false,
  });
  expect(parseFeatures('211 none')).toEqual({
    exactListings: false,
    utf8: false,
    restart: false,
    availableSpace: false,
  });
});

test('the size that a server announces is found only in its usual form', () => {
  expect(parseAnnouncedSize('150 Opening BINARY mode data connection for a.txt (5 bytes).')).toBe(5);
  expect(parseAnnouncedSize('150 Opening data connection for 5 bytes')).toBeUndefined();
});

describe('listings', () => {
  test('MLSD: files and folders with sizes and times; everything else is left out', () => {
    const lines = [
      'type=file;size=5;modify=20260301060000; a b.txt',
      'Type=DIR;Modify=20260301060000; folder',
      'type=cdir; .',
      'type=pdir; ..',
      'type=OS.unix=slink:/etc; link',
      'type=file;size=5; ../up',
      'type=file;size=5; back\\slash',
      'type=file;size=5; bell\u0007',
      'type=file;size=-5;modify=never;  leading blank',
      'type=file;size=99999999999999999999; huge',
      'type=file;size=5; ',
      'no facts here',
    ];
    expect(parseListing(Buffer.from(lines.join('\r\n')), 'MLSD', nowMs)).toEqual([
      { name: 'a b.txt', kind: 'file', sizeBytes: 5, modifiedMs: nowMs },
      { name: 'folder', kind: 'folder', sizeBytes: undefined, modifiedMs: nowMs },
      { name: ' leading blank', kind: 'file', sizeBytes: undefined, modifiedMs: undefined },
      { name: 'huge', kind: 'file', sizeBytes: undefined, modifiedMs: undefined },
    ]);
  });

  test('LIST: Unix lines with their times; links, dots and impossible names are left out', () => {
    const lines = [
      'total 12',
      'drwxr-xr-x    2 1000     1000         4096 Feb 28 08:41 folder',
      '-rw-r--r--    1 1000     1000            5 Feb 28 08:41 total 3',
      '-rw-r--r--    1 1000     1000            7 Nov 21  2019 Büro ä.txt',
      'lrwxrwxrwx    1 1000     1000            7 Nov 21  2019 link -> /etc',
      'drwxr-xr-x    2 1000     1000         4096 Feb 28 08:41 ..',
      '-rw-r--r--    1 1000     1000            5 Feb 28 08:41 a/b',
    ];
    expect(parseListing(Buffer.from(lines.join('\r\n')), 'LIST', nowMs)).toEqual([
      { name: 'folder', kind: 'folder', sizeBytes: undefined, modifiedMs: Date.UTC(2026, 1, 28, 8, 41) },
      { name: 'total 3', kind: 'file', sizeBytes: 5, modifiedMs: Date.UTC(2026, 1, 28, 8, 41) },
      { name: 'Büro ä.txt', kind: 'file', sizeBytes: 7, modifiedMs: Date.UTC(2019, 10, 21) },
    ]);
  });

  test('LIST: DOS lines are understood', () => {
    const lines = [
      '11-21-26  08:41AM       <DIR>          folder',
      '11-21-26  08:41AM                 1234 a.txt',
    ];
    expect(parseListing(Buffer.from(lines.join('\r\n')), 'LIST', nowMs)).toMatchObject([
      { name: 'folder', kind: 'folder' },
      { name: 'a.txt', kind: 'file', sizeBytes: 1234 },
    ]);
  });

  test.for([
    ['more than 100,000 entries', `${'type=file;size=1; a\n'.repeat(100_004)}`, 'MLSD'],
    ['a name of more than 1,000 characters', `type=file;size=1; ${'a'.repeat(1001)}`, 'MLSD'],
    ['a line without end', `type=file;size=1; ${'a'.repeat(10_000)}`, 'MLSD'],
    ['an unknown form', 'nothing that anybody knows', 'LIST'],
  ] as const)('%s is bad-reply', ([, text, form]) => {
    expect(() => parseListing(Buffer.from(text), form, nowMs)).toThrow(
      expect.objectContaining({ code: 'bad-reply', class: 'retry' }),
    );
  });
});

test('a quoted reply is one bounded line without secrets', () => {
  const quoted = quoteReply(`530-no\r\n530 open sesame is wrong\u0000\u202e${'x'.repeat(9999)}`, [
    'open sesame',
    '',
  ]);
  expect(quoted).toMatch(/^530-no 530 \*\*\* is wrong x+…$/);
  expect(quoted.length).toBeLessThanOrEqual(501);
});
