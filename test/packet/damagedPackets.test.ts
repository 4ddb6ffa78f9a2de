import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PacketRefusal } from '../../electron/packet/packet.ts';
import { readHeader } from '../../electron/packet/readHeader.ts';
import { unpackPacket } from '../../electron/packet/unpackPacket.ts';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { hostilePacket } from './support/hostilePacket.ts';
import { generous, openWorkshop, type Workshop } from './support/packetFixture.ts';

let shop: Workshop;
let whole: Buffer;
let original: PacketHeader | undefined;
beforeEach(async () => {
  shop = await openWorkshop();
  const sources = [
    await shop.addSource('prices.csv', 'sku;price\n4711;9.95\n'),
    await shop.addSource('b/c.txt', 'x'),
  ];
  const { file, header } = await shop.seal(sources);
  whole = await readFile(file);
  original = header;
});
afterEach(() => shop.remove());

/** `same`, or why the bytes were refused; nothing may be left in the staging folder then. */
async function judge(bytes: Buffer, name = 'damaged'): Promise<string> {
  const file = join(shop.folder, `${name}.tar.zst`);
  const staging = join(shop.folder, name);
  await writeFile(file, bytes);
  try {
    const { header } = await unpackPacket({ file, staging, expected: {}, limits: generous });
    // Every file was compared with this header.
    return isDeepStrictEqual(header, original) ? 'same' : 'different content';
  } catch (error) {
    if (!(error instanceof PacketRefusal)) throw error;
    return existsSync(staging) ? 'something was left behind' : error.code;
  }
}

/** Every verdict that was given, and where. */
async function judgeAll(variants: Iterable<readonly [string, Buffer]>): Promise<Map<string, string[]>> {
  const verdicts = new Map<string, string[]>();
  const fewAtOnce = pLimit(6);
  await fewAtOnce.map(variants, async ([place, bytes]) => {
    const verdict = await judge(bytes, place);
    verdicts.set(verdict, [...(verdicts.get(verdict) ?? []), place]);
  });
  return verdicts;
}

function* flipped(
  bytes: Buffer,
  bits: (index: number) => readonly number[],
): Generator<readonly [string, Buffer]> {
  for (let index = 0; index < bytes.length; index += 1) {
    for (const bit of bits(index)) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(index) ^ (1 << bit), index);
      yield [`byte ${index} bit ${bit}`, copy];
    }
  }
}

describe('a packet that was damaged on its way', () => {
  test('is refused as damaged, and never with a final code, whichever bit was flipped', async () => {
    // All bits where the frame begins and ends; elsewhere two of each byte, so that all eight are met.
    const bits = (index: number): readonly number[] =>
      index < 12 || index > whole.length - 8 ? [0, 1, 2, 3, 4, 5, 6, 7] : [index % 8, (index + 5) % 8];
    const verdicts = await judgeAll(flipped(whole, bits));
    // A few bits do not matter to the content: an unused one in zstd's header, the size of its window, padding.
    expect([...verdicts.keys()].sort()).toEqual(['damaged', 'same']);
  });

  test('is refused as damaged wherever it was cut off', async () => {
    const cuts = Array.from(
      { length: whole.length },
      (_, length) => [`${length} bytes`, whole.subarray(0, length)] as const,
    );
    expect([...(await judgeAll(cuts)).keys()]).toEqual(['damaged']);
  });

  test.each([
    ['something was appended', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0])])],
    ['it was appended to itself', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    [
      'a skippable frame was appended',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('502a4d1800000000', 'hex')]),
    ],
    ['its beginning is zeros', (bytes: Buffer) => Buffer.concat([Buffer.alloc(16), bytes.subarray(16)])],
    ['it is all zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    [
      'a block in the middle is zeros',
      (bytes: Buffer) => Buffer.from(bytes).fill(0, bytes.length / 2, bytes.length / 2 + 64),
    ],
    ['it is another kind of file', () => Buffer.from('%PDF-1.7 and so on')],
    ['it was written without a checksum', () => hostilePacket({ checksum: false })],
  ])('is refused as damaged when %s', async (_name, change) => {
    expect(await judge(change(whole))).toBe('damaged');
  });

  test('is refused as damaged even when what came out before the damage looked forged', async () => {
    const forged = hostilePacket({ header: { formatVersion: 2 } });
    expect(await judge(forged)).toBe('future-format');
    forged.writeUInt8(forged.readUInt8(forged.length - 1) ^ 1, forged.length - 1);
    expect(await judge(forged)).toBe('damaged');
    const file = join(shop.folder, 'damaged.tar.zst');
    await expect(readHeader({ file, expected: {}, limits: generous })).rejects.toMatchObject({
      code: 'damaged',
    });
  });
});
