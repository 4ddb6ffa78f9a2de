import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extractPacket } from '../../electron/packet/extractPacket.ts';
import type { PacketSource } from '../../electron/packet/packet.ts';
import { sealPacket } from '../../electron/packet/sealPacket.ts';
import { verifyPacket } from '../../electron/packet/verifyPacket.ts';
import { frontHeader, openWorkshop, packetName, sha256, type Workshop } from './support/packetFixture.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

const big = 'x'.repeat(700_000);

/** Bytes that do not compress. */
function noise(kilobytes: number): Buffer[] {
  return Array.from({ length: kilobytes * 32 }, (_, index) => Buffer.from(sha256(`${index}`), 'hex'));
}

/** Seals; `disturb` runs once, when the first `afterBytes` bytes are being written (the second reading). */
async function sealWhile(sources: readonly PacketSource[], afterBytes: number, disturb: () => Promise<void>) {
  let written = 0;
  let pending: Promise<void> = Promise.resolve();
  let done = false;
  const result = await sealPacket({
    header: frontHeader,
    sources,
    destination: join(shop.folder, `${packetName}.tar.zst`),
    compressionLevel: 1,
    onBytes(count) {
      written += count;
      if (done || written < afterBytes) return;
      done = true;
      pending = disturb();
    },
  });
  await pending;
  return { ...result, written };
}

describe('sealing', () => {
  test('leaves out what may not travel, says why by name, and packs the rest', async () => {
    const sources = [
      await shop.addSource('good.txt', 'good'),
      await shop.addSource('new\nline.txt', 'x'),
      await shop.addSource('back\\slash.txt', 'x'),
      await shop.addSource('con.txt', 'x'),
      await shop.addSource('trailing.', 'x'),
    ];
    const { header, leftOut } = await shop.seal(sources);
    expect(header?.files.map((file) => file.path)).toEqual(['good.txt']);
    expect(leftOut.map((left) => [left.source.path, left.reason])).toEqual(
      sources.slice(1).map((source) => [source.path, 'unsafe-name']),
    );
    expect(leftOut[2]?.message).toBe(
      '"daily-close/con.txt" was left where it is: "con.txt" is a device name on Windows. Rename it, and it goes with the next run.',
    );
  });

  test('puts names that one disk cannot hold side by side into different packets', async () => {
    const upper = await shop.addSource('README.txt', 'upper');
    const lower = await shop.addSource('readme.txt', 'lower');
    const first = await shop.seal([upper, lower]);
    expect(first.header?.files.map((file) => file.path)).toEqual(['README.txt']);
    expect(first.leftOut.map((left) => left.reason)).toEqual(['name-collision']);
    const second = await shop.seal(first.leftOut.map((left) => left.source));
    expect(second.header?.files.map((file) => file.path)).toEqual(['readme.txt']);
  });

  test('leaves out files that changed, went away or became something else since they were chosen', async () => {
    const sources = [];
    for (const name of ['grown', 'touched', 'gone', 'link', 'replaced', 'kept'])
      sources.push(await shop.addSource(name, name));
    const folder = join(shop.folder, 'outgoing');
    await appendFile(join(folder, 'grown'), '!');
    await writeFile(join(folder, 'touched'), 'TOUCHED');
    await rm(join(folder, 'gone'));
    await rm(join(folder, 'link'));
    await symlink('/etc/passwd', join(folder, 'link'));
    await writeFile(join(folder, 'other'), 'replaced');
    await rename(join(folder, 'other'), join(folder, 'replaced'));
    const { header, leftOut } = await shop.seal(sources);
    expect(header?.files.map((file) => file.path)).toEqual(['kept']);
    expect(leftOut.map((left) => [left.source.path, left.reason])).toEqual([
      ['grown', 'changed'],
      ['touched', 'changed'],
      ['gone', 'missing'],
      ['link', 'changed'],
      ['replaced', 'changed'],
    ]);
  });

  test('begins anew without a file that changes between its two readings', async () => {
    const first = await shop.addSource('a', big);
    const second = await shop.addSource('b', big);
    const third = await shop.addSource('c', big);
    const { sealed, leftOut, written } = await sealWhile([first, second, third], 100_000, () =>
      appendFile(second.absolutePath, '!'),
    );
    expect(sealed?.header.files.map((file) => file.path)).toEqual(['a', 'c']);
    expect(leftOut.map((left) => [left.source.path, left.reason])).toEqual([['b', 'changed']]);
    expect(written).toBeLessThanOrEqual(3 * big.length);
    const { header } = await verifyPacket({ file: join(shop.folder, `${packetName}.tar.zst`) });
    expect(header).toEqual(sealed?.header);
  });

  test('makes no packet when no file is left', async () => {
    const only = await shop.addSource('a', big);
    const { sealed, leftOut } = await sealWhile([only], 100_000, () => rm(only.absolutePath));
    // The file is open and whole while it is read: it may still be packed.
    const made = sealed !== undefined;
    expect(existsSync(join(shop.folder, `${packetName}.tar.zst`))).toBe(made);
    expect(leftOut).toHaveLength(made ? 0 : 1);
    const again = await shop.seal([only], {});
    expect(again.header).toBeUndefined();
    expect(again.leftOut.map((left) => left.reason)).toEqual(['missing']);
  });

  test('stops when it is cancelled and leaves nothing behind', async () => {
    const source = await shop.addSource('a', big);
    const controller = new AbortController();
    const sealing = sealPacket({
      header: frontHeader,
      sources: [source],
      destination: join(shop.folder, `${packetName}.tar.zst`),
      compressionLevel: 1,
      signal: controller.signal,
      onBytes: () => controller.abort(),
    });
    await expect(sealing).rejects.toMatchObject({ class: 'cancelled' });
    expect(await readdir(shop.folder)).toEqual(['outgoing']);
  });

  test('says in plain words when the folder of the packet is not there', async () => {
    const sealing = sealPacket({
      header: frontHeader,
      sources: [await shop.addSource('a', 'a')],
      destination: join(shop.folder, 'nowhere', `${packetName}.tar.zst`),
      compressionLevel: 1,
    });
    await expect(sealing).rejects.toMatchObject({ class: 'fix' });
  });

  test.runIf(existsSync('/dev/full'))(
    'says that the disk is full, also in the middle of a file',
    async () => {
      const destination = join(shop.folder, `${packetName}.tar.zst`);
      await symlink('/dev/full', `${destination}.tmp`);
      const source = await shop.addSource('a', Buffer.concat(noise(3000)));
      const sealing = sealPacket({
        header: frontHeader,
        sources: [source],
        destination,
        compressionLevel: 1,
      });
      await expect(sealing).rejects.toMatchObject({ class: 'full', code: 'disk-full' });
      expect(await readdir(shop.folder)).toEqual(['outgoing']);
    },
  );

  test('writes over what a kill left under the temporary name', async () => {
    await writeFile(join(shop.folder, `${packetName}.tar.zst.tmp`), 'x'.repeat(100_000));
    const { file } = await shop.seal([await shop.addSource('a', 'a')]);
    await verifyPacket({ file });
    expect(existsSync(`${file}.tmp`)).toBe(false);
  });
});

describe('opening a packet by hand', () => {
  test('gives every file its name and time below its channel', async () => {
    const { file } = await shop.seal([
      await shop.addSource('100%.txt', 'percent', -5000),
      await shop.addSource('a/b/ü.txt', 'deep'),
    ]);
    const destination = join(shop.folder, 'opened', 'here');
    await extractPacket({ file, destination });
    expect((await readdir(destination, { recursive: true })).sort()).toEqual([
      'daily-close',
      'daily-close/100%.txt',
      'daily-close/a',
      'daily-close/a/b',
      'daily-close/a/b/ü.txt',
    ]);
    expect(await readFile(join(destination, 'daily-close', '100%.txt'), 'utf8')).toBe('percent');
  });

  test('does not touch a folder that has something in it', async () => {
    const { file } = await shop.seal([await shop.addSource('a', 'a')]);
    await expect(extractPacket({ file, destination: join(shop.folder, 'outgoing') })).rejects.toMatchObject({
      code: 'folder-not-empty',
    });
    expect(await readdir(join(shop.folder, 'outgoing'))).toEqual(['a']);
  });
});
