import { execFile } from 'node:child_process';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { standardLimits } from '../../electron/packet/standardLimits.ts';
import { verifyPacket } from '../../electron/packet/verifyPacket.ts';
import { openWorkshop, sha256, sourceAt, type Workshop } from './support/packetFixture.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

const measurement = z.object({ unpackedBytes: z.int(), peakBytes: z.int() });

const gigabyte = 1024 ** 3;
const megabyte = 1024 ** 2;

/** One part noise, seven parts zeros, and no two pieces alike: compresses, but not to nothing. */
async function writeLarge(path: string, bytes: number): Promise<void> {
  const handle = await open(path, 'w');
  const piece = Buffer.alloc(megabyte);
  for (let written = 0; written < bytes; written += piece.length) {
    for (let at = 0; at < piece.length; at += 65_536) piece.fill(sha256(`${written + at}`), at, at + 8192);
    await handle.write(piece);
  }
  await handle.close();
}

describe('a large packet', () => {
  test('of 2 GB is sealed and unpacked in less than 200 MB of memory', { timeout: 180_000 }, async () => {
    await writeLarge(join(shop.folder, 'large.bin'), 2 * gigabyte);
    const script = join(import.meta.dirname, 'support', 'measureMemory.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, shop.folder, `${2 * gigabyte}`]);
    const { unpackedBytes, peakBytes } = measurement.parse(JSON.parse(stdout));
    expect(unpackedBytes).toBe(2 * gigabyte);
    expect(peakBytes).toBeLessThan(200 * megabyte);
  });

  test('of nothing but zeros keeps below the ratio that receivers accept', async () => {
    const path = join(shop.folder, 'zeros.img');
    const handle = await open(path, 'w');
    await handle.truncate(200 * megabyte);
    await handle.close();
    const { file } = await shop.seal([await sourceAt('zeros.img', path)], { level: 1 });
    await rm(path);
    expect((200 * megabyte) / (await stat(file)).size).toBeLessThan(standardLimits.ratio / 2);
    const { header } = await verifyPacket({ file });
    expect(header.files).toMatchObject([{ path: 'zeros.img', sizeBytes: 200 * megabyte }]);
  });

  test('whose runs of zeros stand at its beginning is not taken for a bomb', async () => {
    const path = join(shop.folder, 'mixed.img');
    const handle = await open(path, 'w');
    await handle.truncate(150 * megabyte);
    const noise = Buffer.concat(
      Array.from({ length: 16_384 }, (_, index) => Buffer.from(sha256(`${index}`), 'hex')),
    );
    await handle.write(noise, 0, noise.length, 150 * megabyte);
    await handle.close();
    const { file } = await shop.seal([await sourceAt('mixed.img', path)], { level: 1 });
    const { header } = await verifyPacket({ file });
    expect(header.files[0]?.sizeBytes).toBe(150 * megabyte + noise.length);
  });
});
