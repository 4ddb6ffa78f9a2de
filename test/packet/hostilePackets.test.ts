import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extractPacket } from '../../electron/packet/extractPacket.ts';
import { type ExpectedHeader, PacketRefusal, type RefusalCode } from '../../electron/packet/packet.ts';
import { unpackPacket } from '../../electron/packet/unpackPacket.ts';
import { verifyPacket } from '../../electron/packet/verifyPacket.ts';
import { type HostilePlan, writeHostilePacket } from './support/hostilePacket.ts';
import { generous, officeId, openWorkshop, packetName, type Workshop } from './support/packetFixture.ts';
import { paxEntry, type RawEntry } from './support/rawTar.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

const data = `${packetName}/data/daily-close`;
const named = (path: string): HostilePlan => ({ files: [{ path, content: 'x' }] });
const insert = (at: number, ...added: RawEntry[]): HostilePlan => ({
  entries: (honest) => honest.toSpliced(at, 0, ...added),
});
const replace = (at: number, change: (entry: RawEntry) => RawEntry | RawEntry[]): HostilePlan => ({
  entries: (honest) => honest.flatMap((entry, index) => (index === at ? change(entry) : [entry])),
});
/** Indices of the entries of the honest packet. */
const at = { bagit: 0, bagInfo: 1, header: 2, first: 3, second: 4, manifest: 5, tagManifest: 6 };
const zeros = (bytes: number) => Buffer.alloc(bytes);

const attacks: readonly (readonly [RefusalCode, string, HostilePlan])[] = [
  // Names, in the header and in the tar alike.
  ...[
    '../evil',
    'a/../../evil',
    '..',
    '.',
    'a/./b',
    'a//b',
    '/etc/passwd',
    '//server/share/x',
    'a/',
    'C:/evil',
    'C:evil',
    'c:',
    'a/C:/b',
    '\\\\server\\share\\x',
    '..\\evil',
    'a\\b',
    '\\evil',
    'con',
    'CON',
    'Con.txt',
    'con .txt',
    'a/nul',
    'aux.tar.gz',
    'prn',
    'com1',
    'COM9.log',
    'lpt1.x',
    'com¹',
    'CONIN$',
    'nul:stream',
    'trailing.',
    'trailing ',
    'a /b',
    'a./b',
    '...',
    'new\nline',
    'carriage\rreturn',
    'nul\u0000byte',
    'bell\u0007',
    'escape\u001b[2J',
    'del\u007f',
    'c1\u0085',
    'separator\u2028',
    `${'x'.repeat(256)}`,
    `${'€'.repeat(86)}`,
    `${'d/'.repeat(64)}f`,
  ].map((path) => ['unsafe-name', `the name ${JSON.stringify(path).slice(0, 40)}`, named(path)] as const),
  [
    'unsafe-name',
    'a lone surrogate in a name',
    { files: [{ path: 'x', content: 'x', lies: { path: 'a\ud800b' } }] },
  ],
  ['bad-header', 'an empty name', named('')],
  ['bad-header', 'a name of 2000 characters', named(`${'a/'.repeat(1000)}b`)],
  ['bad-header', 'a name with % in the bag', named('100%')],
  [
    'unsafe-name',
    'a traversal hidden in the name inside the bag',
    { files: [{ path: 'a%', content: 'x', lies: { storedAs: '../../evil' } }] },
  ],
  [
    'bad-header',
    'a traversal in the channel',
    { files: [{ path: 'a', content: 'x', lies: { channel: '../..' } }] },
  ],
  [
    'bad-header',
    'a reserved name as channel',
    { files: [{ path: 'a', content: 'x', lies: { channel: 'nul' } }] },
  ],
  // Names in the tar alone.
  [
    'unsafe-name',
    'a traversal in the tar',
    replace(at.first, (entry) => ({ ...entry, name: `${packetName}/../../evil` })),
  ],
  [
    'unsafe-name',
    'an absolute name in the tar',
    replace(at.first, (entry) => ({ ...entry, name: '/etc/cron.d/evil' })),
  ],
  ['unsafe-name', 'a drive in the tar', replace(at.first, (entry) => ({ ...entry, name: 'C:\\evil' }))],
  [
    'unsafe-name',
    'a traversal by pax',
    replace(at.first, (entry) => [paxEntry({ path: '../../evil' }), entry]),
  ],
  [
    'unsafe-name',
    'a traversal by a GNU long name',
    insert(at.first, { name: '././@LongLink', type: 'L', content: Buffer.from('../../evil\0') }),
  ],
  [
    'unsafe-name',
    'a traversal as top folder',
    {
      entries: (honest) => honest.map((entry) => ({ ...entry, name: entry.name.replace(packetName, '..') })),
    },
  ],
  [
    'unsafe-name',
    'an absolute top folder',
    {
      entries: (honest) =>
        honest.map((entry) => ({ ...entry, name: entry.name.replace(packetName, '/tmp') })),
    },
  ],
  [
    'not-a-packet',
    'no top folder',
    {
      entries: (honest) =>
        honest.map((entry) => ({ ...entry, name: entry.name.replace(`${packetName}/`, '') })),
    },
  ],
  [
    'unexpected-entry',
    'another top folder for one file',
    replace(at.first, (entry) => ({ ...entry, name: entry.name.replace(packetName, 'other') })),
  ],
  // Kinds of entries.
  ...(['1', '2'] as const).map(
    (type) =>
      [
        'unexpected-entry',
        `a link of type ${type}`,
        replace(at.first, ({ name }) => ({ name, type, linkname: '/etc/passwd' })),
      ] as const,
  ),
  [
    'unexpected-entry',
    'a symlink before a file that goes through it',
    insert(at.first, { name: `${data}/b`, type: '2', linkname: '/tmp' }),
  ],
  ...['3', '4', '6', '7', 'S', 'Z'].map(
    (type) =>
      [
        'unexpected-entry',
        `an entry of type ${type}`,
        replace(at.first, (entry) => ({ ...entry, type })),
      ] as const,
  ),
  [
    'unexpected-entry',
    'a folder in the place of a file',
    replace(at.first, ({ name }) => ({ name: `${name}/`, type: '5' })),
  ],
  ['unexpected-entry', 'a folder entry', insert(at.first, { name: `${packetName}/data/`, type: '5' })],
  [
    'unexpected-entry',
    'a GNU sparse file by pax',
    replace(at.first, (entry) => [
      paxEntry({ 'GNU.sparse.major': '1', 'GNU.sparse.realsize': '1000000000000' }),
      entry,
    ]),
  ],
  [
    'bad-manifest',
    'a size by pax that is not the header\u2019s',
    replace(at.first, (entry) => [paxEntry({ size: '9999999' }), entry]),
  ],
  // Duplicates and collisions.
  [
    'name-collision',
    'one name twice',
    {
      files: [
        { path: 'a', content: '1' },
        { path: 'a', content: '2' },
      ],
    },
  ],
  ...(
    [
      ['a.txt', 'A.TXT'],
      ['caf\u00e9', 'cafe\u0301'],
      ['CAF\u00c9', 'cafe\u0301'],
      ['stra\u00dfe', 'STRASSE'],
      ['\u03a3\u03b1\u03c2', '\u03c3\u03b1\u03c3'],
      ['file', 'file/x'],
      ['A/x', 'a'],
      ['d/e/f', 'D/E'],
      ['a\u200db', 'ab'],
    ] as const
  ).map(
    ([one, two]) =>
      [
        'name-collision',
        `${one} and ${two}`,
        {
          files: [
            { path: one, content: '1' },
            { path: two, content: '2' },
          ],
        },
      ] as const,
  ),
  [
    'name-collision',
    'two files under one name in the bag',
    {
      files: [
        { path: 'a%', content: '1', lies: { storedAs: 'a_' } },
        { path: 'a_', content: '2' },
      ],
    },
  ],
  [
    'unexpected-entry',
    'a payload entry twice',
    {
      entries: (honest) => honest.flatMap((entry, index) => (index === at.first ? [entry, entry] : [entry])),
    },
  ],
  [
    'unexpected-entry',
    'the header twice',
    {
      entries: (honest) => honest.flatMap((entry, index) => (index === at.header ? [entry, entry] : [entry])),
    },
  ],
  // Missing, extra, in another order.
  ...Object.entries(at).map(
    ([name, index]) =>
      [
        index === 0 ? 'not-a-packet' : 'unexpected-entry',
        `no ${name}`,
        { entries: (honest) => honest.toSpliced(index, 1) },
      ] as [RefusalCode, string, HostilePlan],
  ),
  [
    'unexpected-entry',
    'payload in another order',
    { entries: (honest) => [0, 1, 2, 4, 3, 5, 6].flatMap((index) => honest[index] ?? []) },
  ],
  [
    'unexpected-entry',
    'a payload file that the header does not know',
    insert(at.manifest, { name: `${data}/extra`, content: Buffer.from('x') }),
  ],
  [
    'unexpected-entry',
    'an entry after the last',
    insert(7, { name: `${packetName}/extra`, content: Buffer.from('x') }),
  ],
  [
    'unexpected-entry',
    'a fetch.txt',
    insert(7, { name: `${packetName}/fetch.txt`, content: Buffer.from('http://x/ 1 data/x\n') }),
  ],
  [
    'unexpected-entry',
    'entries after the end of the archive',
    { tar: (honest) => Buffer.concat([honest, honest]) },
  ],
  [
    'not-a-packet',
    'junk after the end of the archive',
    { tar: (honest) => Buffer.concat([honest, Buffer.from('junk')]) },
  ],
  ['not-a-packet', 'an empty tar', { entries: () => [] }],
  ['not-a-packet', 'nothing at all, compressed', { tar: () => zeros(0) }],
  ['not-a-packet', 'a text, compressed', { tar: () => Buffer.from('hello '.repeat(1000)) }],
  [
    'not-a-packet',
    'an archive that stops within a file',
    { tar: (honest) => honest.subarray(0, honest.length - 1024 - 3 * 512 - 100) },
  ],
  ['not-a-packet', 'an unknown magic', replace(at.first, (entry) => ({ ...entry, magic: 'other!' }))],
  [
    'not-a-packet',
    'a negative size',
    replace(at.first, (entry) => ({ ...entry, sizeField: Buffer.from('fffffffffffffffffffffe00', 'hex') })),
  ],
  [
    'not-a-packet',
    'a size that is no number',
    replace(at.first, (entry) => ({ ...entry, sizeField: Buffer.from('zzzzzzzzzzz\0') })),
  ],
  [
    'not-a-packet',
    'a pax header of negative size',
    insert(at.first, {
      name: 'PaxHeader',
      type: 'x',
      sizeField: Buffer.from('fffffffffffffffffffffe00', 'hex'),
    }),
  ],
  [
    'not-a-packet',
    'a pax header whose size is no number',
    insert(at.first, { name: 'PaxHeader', type: 'x', sizeField: Buffer.from('zzzzzzzzzzz\0') }),
  ],
  // Contents.
  [
    'bad-manifest',
    'a wrong hash in the header',
    { files: [{ path: 'a', content: 'x', lies: { sha256: '0'.repeat(64) } }] },
  ],
  [
    'bad-manifest',
    'a wrong size in the header',
    { files: [{ path: 'a', content: 'x', lies: { sizeBytes: 2 } }] },
  ],
  [
    'bad-manifest',
    'other content of the same size',
    replace(at.first, (entry) => ({ ...entry, content: Buffer.from('ALPHA') })),
  ],
  [
    'bad-manifest',
    'a wrong hash in the manifest',
    { manifest: (honest) => honest.replace(/^./, (first) => (first === '0' ? '1' : '0')) },
  ],
  ['bad-manifest', 'a manifest line too few', { manifest: (honest) => honest.replace(/^.*\n/, '') }],
  [
    'bad-manifest',
    'a manifest line too many',
    { manifest: (honest) => `${honest}${'0'.repeat(64)}  data/extra\n` },
  ],
  [
    'bad-manifest',
    'a manifest with other line ends',
    { manifest: (honest) => honest.replaceAll('\n', '\r\n') },
  ],
  ['bad-manifest', 'an empty manifest', { manifest: () => '' }],
  [
    'bad-manifest',
    'a wrong hash in the tag manifest',
    { tagManifest: (honest) => honest.replace(/^./, (first) => (first === '0' ? '1' : '0')) },
  ],
  [
    'bad-manifest',
    'another BagIt version',
    { bagit: 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n' },
  ],
  ['bad-manifest', 'a wrong sum in bag-info.txt', { bagInfo: () => 'Payload-Oxum: 1.1\n' }],
  ['bad-manifest', 'no sum in bag-info.txt', { bagInfo: () => 'Bagging-Date: 2026-01-01\n' }],
  // Headers.
  ['bad-header', 'a header that is not JSON', { headerText: '{"formatVersion": 1,' }],
  [
    'bad-header',
    'a header that is not UTF-8',
    replace(at.header, (entry) => ({ ...entry, content: Buffer.from([0x22, 0xff, 0x22]) })),
  ],
  ['bad-header', 'an empty header', { headerText: '' }],
  ['bad-header', 'a header of null', { headerText: 'null' }],
  ['bad-header', 'a deeply nested header', { headerText: '['.repeat(1_000_000) }],
  ['bad-header', 'a prototype in the header', { headerText: '{"__proto__": {"formatVersion": 1}}' }],
  ['bad-header', 'an unknown field', { header: { surprise: true } }],
  ['bad-header', 'a version 0', { header: { formatVersion: 0 } }],
  ['bad-header', 'a version that is no number', { header: { formatVersion: '2' } }],
  ['bad-header', 'a sequence 0', { header: { sequence: 0, through: 0 } }],
  ['bad-header', 'a void packet with files', { header: { kind: 'void' } }],
  ['bad-header', 'a packet of files that spans numbers', { header: { through: 43 } }],
  ['bad-header', 'a moment that is no date', { header: { createdMs: 9e15 } }],
  ['bad-header', 'a sender with a path', { header: { from: '../x' } }],
  [
    'bad-header',
    'a negative size in the header',
    { files: [{ path: 'a', content: 'x', lies: { sizeBytes: -1 } }] },
  ],
  ['future-format', 'a later format', { header: { formatVersion: 2 } }],
  [
    'future-format',
    'a later format with fields and kinds nobody knows',
    { header: { formatVersion: 7, kind: 'delta', parts: [1], files: { sealed: true } } },
  ],
  [
    'future-format',
    'a later format on a later BagIt',
    { header: { formatVersion: 2 }, bagit: 'BagIt-Version: 2.0\n' },
  ],
  // Bombs.
  [
    'too-large',
    'a run of zeros behind the packet',
    { tar: (honest) => Buffer.concat([honest, zeros(200_000_000)]) },
  ],
  ['too-large', 'a header file of 40 MB', { headerText: ' '.repeat(40_000_000) }],
  ['too-large', 'a bagit.txt of 1 MB', { bagit: 'x'.repeat(1_000_000) }],
  [
    'not-a-packet',
    'a pax header of 5 MB',
    insert(at.first, { name: 'PaxHeader', type: 'x', content: Buffer.alloc(5_000_000, 'a') }),
  ],
  [
    'not-a-packet',
    'a pax header that says it has 8 GB',
    insert(at.first, { name: 'PaxHeader', type: 'x', size: 0o77777777777 }),
  ],
  [
    'too-large',
    'more files than are accepted',
    { files: Array.from({ length: 1001 }, (_, index) => ({ path: `f${index}`, content: '' })) },
  ],
  [
    'too-large',
    'more bytes than are accepted',
    { files: [{ path: 'a', content: 'x', lies: { sizeBytes: 1e10 } }] },
  ],
  [
    'too-large',
    'sizes whose sum is beyond all numbers',
    {
      files: Array.from({ length: 3 }, (_, index) => ({
        path: `f${index}`,
        content: 'x',
        lies: { sizeBytes: Number.MAX_SAFE_INTEGER },
      })),
    },
  ],
];

/** What a refused packet must leave behind: nothing but itself. */
async function expectRefused(plan: HostilePlan, expected: ExpectedHeader = {}): Promise<PacketRefusal> {
  const file = await writeHostilePacket(shop.folder, plan);
  const staging = join(shop.folder, 'staging');
  const refusal = await unpackPacket({ file, staging, expected, limits: generous }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(await readdir(shop.folder)).toEqual([`${packetName}.tar.zst`]);
  if (!(refusal instanceof PacketRefusal)) throw refusal ?? new Error('The packet was accepted.');
  return refusal;
}

describe('a hostile packet is refused whole', () => {
  test('and the builder makes good packets, when told nothing', async () => {
    const file = await writeHostilePacket(shop.folder, {});
    const { files } = await unpackPacket({
      file,
      staging: join(shop.folder, 'staging'),
      expected: {},
      limits: generous,
    });
    expect(files.map((entry) => entry.path)).toEqual(['a.txt', 'b/c.txt']);
  });

  test.each(attacks)('%s: %s', async (code, _name, plan) => {
    const refusal = await expectRefused(plan);
    expect(`${refusal.code}: ${refusal.message}`).toMatch(new RegExp(`^${code}: `));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a message must not carry them to a terminal.
    expect(refusal.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(refusal.message.length).toBeLessThan(600);
  });

  test.each([
    ['wrong-office', { officeId: '00000000-0000-4000-8000-000000000000' }],
    ['wrong-site', { officeId, to: '0031' }],
    ['wrong-sender', { officeId, to: 'central', from: '0099' }],
    ['wrong-sender', { officeId, to: 'central', from: '0012', sequence: 43 }],
  ] as const)('%s when %o was expected', async (code, expected) => {
    expect((await expectRefused({}, expected)).code).toBe(code);
  });

  test('by the verifier and by the extraction to real names as well', async () => {
    const file = await writeHostilePacket(shop.folder, named('../evil'));
    await expect(verifyPacket({ file })).rejects.toMatchObject({ code: 'unsafe-name' });
    await expect(extractPacket({ file, destination: join(shop.folder, 'out') })).rejects.toMatchObject({
      code: 'unsafe-name',
    });
    expect(await readdir(shop.folder)).toEqual([`${packetName}.tar.zst`]);
    expect(await readdir(dirname(shop.folder))).not.toContain('evil');
  });
});
