import { expect, test } from 'vitest';
import { patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { awkwardNames } from './listClauses.ts';

export function fileClauses(session: ContractSession): void {
  test('the size of a file, of an empty one, and of what is no file', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/some`, patternBytes(77_777));
      await session.world().put(`${folder}/empty`, Buffer.alloc(0));
      expect(await transport.fileSize(`${folder}/some`)).toBe(77_777);
      expect(await transport.fileSize(`${folder}/empty`)).toBe(0);
      expect(await transport.fileSize(`${folder}/no`)).toBeUndefined();
      expect(await transport.fileSize(`${folder}/no/no`)).toBeUndefined();
      expect(await transport.fileSize(folder)).toBeUndefined();
    });
  });

  test('the size of a file whose line ends a text transfer would change', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/lines.csv`, Buffer.from('a;b\n1;2\r\n'));
      await transport.list(folder);
      expect(await transport.fileSize(`${folder}/lines.csv`)).toBe(9);
    });
  });

  test('removing tells whether the file was there', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a`, patternBytes(10));
      expect(await transport.remove(`${folder}/a`)).toBe(true);
      expect(await session.world().read(`${folder}/a`)).toBeUndefined();
      expect(await transport.remove(`${folder}/a`)).toBe(false);
      expect(await transport.remove(`${folder}/no/a`)).toBe(false);
    });
  });

  test('removing takes names as they are, and no other file', async () => {
    await session.inFolder(async (transport, folder) => {
      for (const name of [...awkwardNames, 'a*', 'ab']) {
        await session.world().put(`${folder}/${name}`, Buffer.from('x'));
      }
      for (const name of [...awkwardNames, 'a*']) {
        expect(await transport.remove(`${folder}/${name}`), name).toBe(true);
      }
      expect(await transport.list(folder)).toMatchObject([{ name: 'ab' }]);
    });
  });

  test('the modified time of a fresh file is now, in UTC; a missing one has none', async () => {
    await session.inFolder(async (transport, folder) => {
      const before = Date.now();
      await session.world().put(`${folder}/a`, patternBytes(10));
      const modified = (await transport.modifiedTime(`${folder}/a`)) ?? 0;
      expect(Math.abs(modified - before)).toBeLessThan(30_000);
      expect(await transport.modifiedTime(`${folder}/no`)).toBeUndefined();
    });
  });

  test('free room is a number where the server tells it', async () => {
    const transport = await session.connection();
    const free = await transport.freeBytes?.();
    expect(free === undefined || (Number.isSafeInteger(free) && free >= 0)).toBe(true);
  });
}
