import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PacketSource } from '../../electron/packet/packet.ts';
import { legalNames } from './support/legalNames.ts';
import { openWorkshop, packetName, type Workshop } from './support/packetFixture.ts';

const run = promisify(execFile);
const validator = join(import.meta.dirname, 'validateBag.py');
const locale = { env: { ...process.env, LC_ALL: 'C.UTF-8' } };

let shop: Workshop;
let bag: string;
beforeEach(async () => {
  shop = await openWorkshop();
  bag = join(shop.folder, 'opened', packetName);
});
afterEach(() => shop.remove());

/** Opens a packet the way a person would who has no Branchline. */
async function openWithTar(file: string): Promise<void> {
  await mkdir(join(shop.folder, 'opened'));
  await run('tar', ['--zstd', '-xf', file, '-C', join(shop.folder, 'opened')], locale);
}

async function sources(): Promise<PacketSource[]> {
  const made: PacketSource[] = [];
  for (const name of legalNames) made.push(await shop.addSource(name, `content of ${name}`));
  made.push(await shop.addSource('empty', ''));
  made.push(await shop.addSource('large.bin', Buffer.alloc(3_000_001, 'abcdefg')));
  made.push(await shop.addSource('before 1970', 'old', -86_400_000));
  made.push(await shop.addSource('after 2038', 'new', Date.UTC(2090, 0, 1)));
  return made;
}

/** What the validator has to say about the opened bag; empty when it is valid. */
async function faults(): Promise<string> {
  return await run('python3', [validator, bag], locale).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      if (error instanceof Error && 'stdout' in error && error.stdout !== '') return String(error.stdout);
      throw error;
    },
  );
}

describe('a packet opened by tools that know nothing of Branchline', () => {
  test('unpacks with tar, passes sha256sum, and is a valid bag, whatever the names', async () => {
    const { file, header, leftOut } = await shop.seal(await sources());
    expect(leftOut).toEqual([]);
    await openWithTar(file);
    const { stdout } = await run('sha256sum', ['-c', '--strict', 'manifest-sha256.txt'], {
      cwd: bag,
      ...locale,
    });
    expect(stdout.trimEnd().split('\n')).toHaveLength(header?.files.length ?? 0);
    await run('sha256sum', ['-c', '--strict', 'tagmanifest-sha256.txt'], { cwd: bag, ...locale });
    expect(await faults()).toBe('');
    await run('zstd', ['-t', file]);
    expect(JSON.parse(await readFile(join(bag, 'packet.json'), 'utf8'))).toEqual(header);
  });

  test('shows the files under their names, with % as _, and with their times', async () => {
    const { file } = await shop.seal([
      await shop.addSource('100% sure.txt', 'a'),
      await shop.addSource('100_ sure.txt', 'b'),
      await shop.addSource('before 1970', 'old', -86_400_000),
      await shop.addSource('after 2038', 'new', Date.UTC(2090, 0, 1)),
    ]);
    await openWithTar(file);
    const folder = join(bag, 'data', 'daily-close');
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(
      ['100_ sure.txt', '_1', '_1/100_ sure.txt', 'after 2038', 'before 1970'].sort(),
    );
    expect((await stat(join(folder, 'before 1970'))).mtimeMs).toBe(-86_400_000);
    expect((await stat(join(folder, 'after 2038'))).mtimeMs).toBe(Date.UTC(2090, 0, 1));
  });

  test('is a valid bag also when it is void', async () => {
    const { file } = await shop.seal([], { header: { kind: 'void', through: 44 } });
    await openWithTar(file);
    expect(await faults()).toBe('');
  });

  test('is told from one that was tampered with, so that the validator is known to look', async () => {
    const { file } = await shop.seal(await sources());
    await openWithTar(file);
    await writeFile(join(bag, 'data', 'daily-close', 'plain.csv'), 'other');
    await rm(join(bag, 'data', 'daily-close', '.hidden'));
    await writeFile(join(bag, 'data', 'extra'), '');
    await appendFile(join(bag, 'packet.json'), ' ');
    const found = await faults();
    expect(found).toMatch(/checksum of 'data\/daily-close\/plain.csv'/);
    expect(found).toMatch(/checksum of 'packet.json'/);
    expect(found).toMatch(/lists 'data\/daily-close\/.hidden', which is not in the payload/);
    expect(found).toMatch(/does not list 'data\/extra'/);
    expect(found).toMatch(/Payload-Oxum should be/);
  });
});
