import { expect, test } from 'vitest';
import { sourceOf } from '../../support/transportBytes.ts';
import { patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';

/** Legal names that parsers of listings stumble over. */
export const awkwardNames: readonly string[] = [
  'Größe & Maß.csv',
  '日報-2026年11月.csv',
  'мой файл.txt',
  'receipt 🧾.pdf',
  'two  spaces  inside.txt',
  `it's "quoted".txt`,
  '-dash-first',
  '#50% off; a=b, c.txt',
  '[brackets] {braces} (1).txt',
  'Cafe\u0301 decomposed.txt',
  '12-31-99  11:59PM  42 not a listing line',
];

export function listClauses(session: ContractSession): void {
  const { exactListings, hidesDotNames, missingFolderCodes } = session.expectations;

  test('an empty folder is an empty list', async () => {
    await session.inFolder(async (transport, folder) => {
      expect(await transport.list(folder)).toEqual([]);
    });
  });

  test('a missing folder is an empty list or refused, as agreed', async () => {
    await session.inFolder(async (transport, folder) => {
      const listing = transport.list(`${folder}/missing`);
      if (missingFolderCodes.length === 0) expect(await listing).toEqual([]);
      else await expectRefusal(listing, missingFolderCodes, 'fix');
    });
  });

  test('the home directory is listed under its empty name', async () => {
    await session.inFolder(async (transport, folder) => {
      expect(await transport.list('')).toContainEqual(
        expect.objectContaining({ name: folder, kind: 'folder', sizeBytes: undefined }),
      );
    });
  });

  test('files and folders are told apart, with sizes, and with times to the minute or better', async () => {
    await session.inFolder(async (transport, folder) => {
      const before = Date.now();
      await transport.makeFolder(`${folder}/sub`);
      await session.world().put(`${folder}/empty.bin`, Buffer.alloc(0));
      await session.world().put(`${folder}/some.bin`, patternBytes(12_345));
      const entries = (await transport.list(folder)).sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(entries).toMatchObject([
        { name: 'empty.bin', kind: 'file', sizeBytes: 0 },
        { name: 'some.bin', kind: 'file', sizeBytes: 12_345 },
        { name: 'sub', kind: 'folder', sizeBytes: undefined },
      ]);
      for (const { name, kind, modifiedMs } of entries) {
        if (kind === 'folder' || (modifiedMs === undefined && !exactListings)) continue;
        expect(Math.abs((modifiedMs ?? 0) - before), name).toBeLessThan(exactListings ? 30_000 : 90_000);
      }
    });
  });

  test('names in any script, with spaces, quotes and signs come back as they are', async () => {
    await session.inFolder(async (transport, folder) => {
      for (const name of awkwardNames) await transport.upload(`${folder}/${name}`, sourceOf(name));
      const entries = await transport.list(folder);
      expect(entries.map((entry) => entry.name).sort()).toEqual([...awkwardNames].sort());
      for (const name of awkwardNames) {
        expect(await session.world().read(`${folder}/${name}`), name).toEqual(Buffer.from(name));
      }
    });
  });

  test('folders with awkward names are entered', async () => {
    await session.inFolder(async (transport, folder) => {
      for (const name of awkwardNames) {
        await transport.makeFolder(`${folder}/${name}`);
        await transport.upload(`${folder}/${name}/inside.txt`, sourceOf(name));
        expect(await transport.list(`${folder}/${name}`), name).toMatchObject([{ name: 'inside.txt' }]);
      }
    });
  });

  test('a folder of 2,000 files is listed whole', async () => {
    await session.inFolder(async (transport, folder) => {
      const names = Array.from({ length: 2000 }, (_, index) => `file-${String(index).padStart(5, '0')}.csv`);
      await Promise.all(names.map((name) => session.world().put(`${folder}/${name}`, Buffer.from('x'))));
      const entries = await transport.list(folder);
      expect(entries.map((entry) => entry.name).sort()).toEqual(names);
      expect(entries.every((entry) => entry.kind === 'file' && entry.sizeBytes === 1)).toBe(true);
    });
  });

  test('names with a dot first are listed unless the server hides them', async () => {
    await session.inFolder(async (transport, folder) => {
      for (const name of ['.hidden', 'shown'])
        await session.world().put(`${folder}/${name}`, patternBytes(3));
      const names = (await transport.list(folder)).map((entry) => entry.name).sort();
      expect(names).toEqual(hidesDotNames ? ['shown'] : ['.hidden', 'shown']);
    });
  });

  test('listing with a signal that has fired is cancelled', async () => {
    await session.inFolder(async (transport, folder) => {
      await expectRefusal(transport.list(folder, { signal: AbortSignal.abort() }), 'cancelled', 'cancelled');
    });
  });
}
