import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHeader } from '../../electron/packet/readHeader.ts';
import { unpackPacket } from '../../electron/packet/unpackPacket.ts';
import { verifyPacket } from '../../electron/packet/verifyPacket.ts';
import { legalNames } from './support/legalNames.ts';
import { generous, openWorkshop, packetName, sha256, type Workshop } from './support/packetFixture.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

describe('a packet that was sealed and unpacked', () => {
  test('has every file with its name, content and time', async () => {
    const sources = [];
    for (const [index, name] of legalNames.entries()) {
      sources.push(await shop.addSource(name, `content ${index} of ${name}`, Date.UTC(2020, 1, 1 + index)));
    }
    sources.push(await shop.addSource('empty', ''));
    const { file, leftOut } = await shop.seal(sources);
    expect(leftOut).toEqual([]);
    const { files } = await unpackPacket({
      file,
      staging: join(shop.folder, 'staging'),
      expected: {},
      limits: generous,
    });
    const arrived = await Promise.all(
      files.map(async (entry) => ({
        path: entry.path,
        content: await readFile(entry.stagedPath, 'utf8'),
        ms: entry.modifiedMs,
      })),
    );
    expect(arrived).toEqual([
      ...legalNames.map((path, index) => ({
        path,
        content: `content ${index} of ${path}`,
        ms: Date.UTC(2020, 1, 1 + index),
      })),
      { path: 'empty', content: '', ms: Date.UTC(2026, 2, 1, 6, 0, 0, 123) },
    ]);
  });

  test('is staged under neutral names only', async () => {
    const { file } = await shop.seal([
      await shop.addSource('a/b.txt', 'b'),
      await shop.addSource('c.txt', 'c'),
    ]);
    const staging = join(shop.folder, 'staging');
    const { files } = await unpackPacket({ file, staging, expected: {}, limits: generous });
    expect(await readdir(staging)).toEqual(['00000001', '00000002']);
    expect(files.map((entry) => entry.stagedPath)).toEqual([
      join(staging, '00000001'),
      join(staging, '00000002'),
    ]);
  });

  test('tells the same header to the sealer, the unpacker, the verifier and the header reader', async () => {
    const { file, header } = await shop.seal([await shop.addSource('a.txt', 'a')]);
    const unpacked = await unpackPacket({
      file,
      staging: join(shop.folder, 's'),
      expected: {},
      limits: generous,
    });
    expect(unpacked.header).toEqual(header);
    expect((await verifyPacket({ file })).header).toEqual(header);
    expect(await readHeader({ file, expected: {}, limits: generous })).toEqual(header);
    expect(header?.files).toEqual([
      {
        channel: 'daily-close',
        path: 'a.txt',
        sizeBytes: 1,
        sha256: sha256('a'),
        modifiedMs: Date.UTC(2026, 2, 1, 6, 0, 0, 123),
      },
    ]);
  });

  test('has the same bytes when it is sealed again', async () => {
    const sources = [await shop.addSource('a.txt', 'a'), await shop.addSource('b.txt', 'b'.repeat(300_000))];
    const first = await readFile((await shop.seal(sources)).file);
    const second = await readFile((await shop.seal(sources)).file);
    expect(second.equals(first)).toBe(true);
  });

  test('a void packet has no files and still is a packet', async () => {
    const { file, header } = await shop.seal([], { header: { kind: 'void', through: 44 } });
    const unpacked = await unpackPacket({
      file,
      staging: join(shop.folder, 's'),
      expected: {},
      limits: generous,
    });
    expect(unpacked).toEqual({ header, files: [] });
    expect(header).toMatchObject({ kind: 'void', sequence: 42, through: 44, files: [] });
  });

  test('leaves no temporary file beside it', async () => {
    const { file } = await shop.seal([await shop.addSource('a.txt', 'a')]);
    expect((await readdir(shop.folder)).sort()).toEqual([`${packetName}.tar.zst`, 'outgoing']);
    expect((await stat(file)).size).toBeGreaterThan(0);
  });
});
