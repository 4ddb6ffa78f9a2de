import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localPath } from '../../electron/packet/localPath.ts';
import { unpackPacket } from '../../electron/packet/unpackPacket.ts';
import { writeHostilePacket } from './support/hostilePacket.ts';
import { generous, openWorkshop, type Workshop } from './support/packetFixture.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

describe('unpacking', () => {
  test('stops when it is cancelled and leaves nothing behind', async () => {
    const { file } = await shop.seal([await shop.addSource('a', 'x'.repeat(1_000_000))]);
    const controller = new AbortController();
    const staging = join(shop.folder, 'staging');
    const unpacking = unpackPacket({
      file,
      staging,
      expected: {},
      limits: generous,
      signal: controller.signal,
      onBytes: () => controller.abort(),
    });
    await expect(unpacking).rejects.toMatchObject({ class: 'cancelled' });
    expect(existsSync(staging)).toBe(false);
  });

  test('does not touch a staging folder that has something in it', async () => {
    const { file } = await shop.seal([await shop.addSource('a', 'a')]);
    const staging = join(shop.folder, 'staging');
    await mkdir(staging);
    await writeFile(join(staging, 'precious'), 'x');
    await expect(unpackPacket({ file, staging, expected: {}, limits: generous })).rejects.toThrow(
      'is not empty',
    );
    expect(await readdir(staging)).toEqual(['precious']);
  });

  test('says that the packet file is not there in the words of the system, and leaves nothing behind', async () => {
    const file = join(shop.folder, 'nowhere.tar.zst');
    const staging = join(shop.folder, 'staging');
    const unpacking = unpackPacket({ file, staging, expected: {}, limits: generous });
    await expect(unpacking).rejects.toMatchObject({ code: 'ENOENT', path: file });
    expect(existsSync(staging)).toBe(false);
  });

  test('reports the bytes of the packet file as they are read', async () => {
    const { file } = await shop.seal([await shop.addSource('a', 'a')]);
    let read = 0;
    const onBytes = (count: number): void => {
      read += count;
    };
    await unpackPacket({ file, staging: join(shop.folder, 's'), expected: {}, limits: generous, onBytes });
    expect(read).toBe(statSync(file).size);
  });

  test('gives times that can be set, whatever the header says', async () => {
    const far = { path: 'a', content: 'x', lies: { modifiedMs: Number.MAX_SAFE_INTEGER } };
    const file = await writeHostilePacket(shop.folder, { files: [far] });
    const { files } = await unpackPacket({
      file,
      staging: join(shop.folder, 's'),
      expected: {},
      limits: generous,
    });
    expect(files[0]?.modifiedMs).toBe(Date.UTC(9999, 11, 31, 23, 59, 59));
  });
});

describe('the local path of a packet file', () => {
  test.each([
    ['win32', '9:30/a<b>c"d|e?f*g.csv', '9_30/a_b_c_d_e_f_g.csv'],
    ['win32', 'file.txt:stream', 'file.txt_stream'],
    ['linux', '9:30/a<b>c"d|e?f*g.csv', '9:30/a<b>c"d|e?f*g.csv'],
  ] as const)('on %s of %s is %s', (platform, path, local) => {
    expect(localPath(path, platform)).toBe(local);
  });
});
