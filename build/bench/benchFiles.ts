import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createSeededBytes, createSeededNumbers } from './seededBytes.ts';

/** Files to send, and what must have arrived. */
export interface BenchFiles {
  readonly title: string;
  /** All files lie in this folder, without sub-folders. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly bytes: number;
  /** Name to SHA-256. */
  readonly hashes: ReadonlyMap<string, string>;
}

const items = ['Coffee beans 500 g', 'Milk 1 l', 'Bread, rye', 'Butter', 'Apples, loose', 'Batteries AA 4x'];

/** One line of a till's daily close, with names that repeat and numbers that do not. */
function csvLine(number: (limit: number) => number, day: number): string {
  const date = `2026-${String(1 + (day % 12)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`;
  const time = [8 + number(12), number(60), number(60)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const pieces = 1 + number(9);
  const cents = 49 + number(4951);
  const total = ((pieces * cents) / 100).toFixed(2);
  const receipt = String(number(10_000_000)).padStart(7, '0');
  const ean = `40${String(number(1_000_000_000)).padStart(9, '0')}${number(10)}`;
  return `${date},${time},till-${1 + number(4)},${receipt},${ean},"${items[number(items.length)]}",${pieces},${(cents / 100).toFixed(2)},${total}\r\n`;
}

function csvText(number: (limit: number) => number, bytes: number, day: number): string {
  let text = 'date,time,till,receipt,article,name,pieces,price,total\r\n';
  while (text.length < bytes) text += csvLine(number, day);
  return text;
}

export async function makeSmallFiles(folder: string, count: number, bytesEach: number): Promise<BenchFiles> {
  await mkdir(folder, { recursive: true });
  const number = createSeededNumbers(1);
  for (let at = 0; at < count; at += 1) {
    const name = `close-${String(at).padStart(4, '0')}.csv`;
    await writeFile(join(folder, name), csvText(number, bytesEach, at).slice(0, bytesEach));
  }
  return describeFiles(`${count} CSV files of ${bytesEach / 1000} KB`, folder, count * bytesEach);
}

/** `random`: no compression shortens it. `csv`: the content of the small files. */
export async function makeLargeFile(
  folder: string,
  bytes: number,
  content: 'random' | 'csv',
): Promise<BenchFiles> {
  await mkdir(folder, { recursive: true });
  const name = content === 'random' ? 'large.bin' : 'large.csv';
  await pipeline(Readable.from(chunks(bytes, content)), createWriteStream(join(folder, name)));
  const what = content === 'random' ? 'incompressible' : 'CSV';
  return describeFiles(`one ${what} file of ${bytes / 1_000_000} MB`, folder, bytes);
}

function* chunks(bytes: number, content: 'random' | 'csv'): Generator<Buffer> {
  const random = createSeededBytes(2);
  const number = createSeededNumbers(3);
  const chunkBytes = 1_000_000;
  for (let left = bytes, day = 0; left > 0; left -= chunkBytes, day += 1) {
    const size = Math.min(left, chunkBytes);
    yield content === 'random'
      ? random(size)
      : Buffer.from(csvText(number, size, day).slice(0, size), 'latin1');
  }
}

async function describeFiles(title: string, folder: string, bytes: number): Promise<BenchFiles> {
  const hashes = await hashFolder(folder);
  return { title, folder, names: [...hashes.keys()], bytes, hashes };
}

/** Name to SHA-256 of every file in a folder. */
async function hashFolder(folder: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const name of (await readdir(folder)).sort()) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk);
    hashes.set(name, hash.digest('hex'));
  }
  return hashes;
}

/** Errors: Error naming the first file that is missing, too many, or has other content. */
export async function expectSameFiles(files: BenchFiles, received: string): Promise<void> {
  const hashes = await hashFolder(received);
  for (const [name, hash] of files.hashes) {
    if (hashes.get(name) !== hash) throw new Error(`${name} did not arrive as it was sent.`);
  }
  if (hashes.size !== files.hashes.size) throw new Error(`More arrived than was sent: ${hashes.size} files.`);
}
