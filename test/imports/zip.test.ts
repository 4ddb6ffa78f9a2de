import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { openImportFile } from '../../electron/imports/read/openImportFile.ts';
import { readCsv } from '../../electron/imports/read/readCsv.ts';
import { datasetSchema } from '../../shared/dataset.ts';
import { temporaryFolderOfFile } from './temporaryFolderOfFile.ts';

const folder = temporaryFolderOfFile();
const dataset = datasetSchema.parse({
  formatVersion: 1,
  name: 'rates',
  columns: [
    { name: 'vehicle', type: 'text' },
    { name: 'term', type: 'integer' },
  ],
});

beforeAll(() => {
  execFileSync('python3', [join(import.meta.dirname, 'makeZips.py'), folder()]);
});

/** File, line, and texts of each row. */
async function readAll(name: string): Promise<[string, number, ...string[]][]> {
  const rows: [string, number, ...string[]][] = [];
  const file = await openImportFile(join(folder(), name), name);
  try {
    for await (const csv of file.files()) {
      await readCsv(csv, dataset, 'automatic', {
        begin: () => undefined,
        row: ({ line, texts }) => rows.push([csv.name, line, ...texts]),
        fault: ({ line }) => rows.push([csv.name, line, 'fault']),
      });
    }
  } finally {
    file.close();
  }
  return rows;
}

describe('a ZIP of CSVs is read', () => {
  const one = [
    ['rates.csv', 2, 'A1', '24'],
    ['rates.csv', 3, 'B1', '36'],
  ];
  test.each([
    ['one', one],
    ['stored', one],
    ['with-leftovers', one],
    [
      'three',
      [
        ['a.csv', 2, 'A1', '24'],
        ['a.csv', 3, 'B1', '36'],
        ['folder/b.txt', 2, 'C1', '48'],
        ['ü.tsv', 2, 'D1', '24'],
      ],
    ],
  ])('%s', async (name, rows) => {
    expect(await readAll(`${name}.zip`)).toEqual(rows);
  });

  test('whatever its name is', async () => {
    const { copyFileSync } = await import('node:fs');
    copyFileSync(join(folder(), 'one.zip'), join(folder(), 'rates.csv'));
    expect(await readAll('rates.csv')).toEqual(one);
  });
});

describe('a hostile ZIP is refused whole, with a plain reason', () => {
  test.each([
    ['empty', 'wrong-archive', /no CSV in it/],
    ['only-a-folder', 'wrong-archive', /no CSV in it/],
    ['traversal', 'damaged-archive', /relative path/],
    ['backslashes', 'damaged-archive', /relative path/],
    ['absolute', 'damaged-archive', /absolute path/],
    ['drive', 'damaged-archive', /absolute path/],
    ['doubled', 'wrong-archive', /"rates.csv" is in it twice/],
    ['doubled-by-case', 'wrong-archive', /"rates.csv" is in it twice/],
    ['nested', 'wrong-archive', /"more.zip" is an archive itself/],
    ['nested-as-csv', 'wrong-header', /is not a line of CSV|does not fit|not UTF-8/],
    ['other', 'wrong-archive', /"setup.exe" is not a CSV/],
    ['workbook', 'not-csv', /Excel/],
    ['thousands', 'wrong-archive', /more than 1000 entries/],
    ['bomb', 'wrong-archive', /more than 300 times its size/],
    ['lying-bomb', 'damaged-archive', /too many bytes|1000/],
    ['control-name', 'wrong-archive', /impossible name/],
    ['link', 'wrong-archive', /is a link/],
    ['wrong-sum', 'wrong-archive', /does not match its checksum/],
    ['wrong-content', 'wrong-archive', /does not match its checksum/],
    ['encrypted', 'wrong-archive', /is encrypted/],
    ['other-name-inside', 'wrong-archive', /has another name inside/],
    ['unknown-method', 'wrong-archive', /is packed in a way/],
    ['cut-off', 'damaged-archive', /damaged or cut off/],
    ['cut-in-directory', 'damaged-archive', /damaged or cut off/],
    ['only-a-beginning', 'damaged-archive', /damaged or cut off/],
    ['shifted', 'damaged-archive', /damaged or cut off/],
  ])('%s', async (name, code, message) => {
    await expect(readAll(`${name}.zip`)).rejects.toMatchObject({
      class: 'fix',
      message: expect.stringMatching(message),
    });
    await expect(readAll(`${name}.zip`)).rejects.toMatchObject(
      code === 'wrong-header' ? { code: expect.stringMatching(/wrong-header|not-utf8/) } : { code },
    );
  });

  test.each([
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel/],
    ['gzip', gzipSync('vehicle,term\n'), /gzip/],
    ['a PDF', Buffer.from('%PDF-1.7'), /PDF/],
  ])('%s that calls itself a CSV is told for what it is', async (_title, bytes, message) => {
    writeFileSync(join(folder(), 'other.csv'), bytes);
    await expect(readAll('other.csv')).rejects.toMatchObject({
      code: 'not-csv',
      message: expect.stringMatching(message),
    });
  });
});
