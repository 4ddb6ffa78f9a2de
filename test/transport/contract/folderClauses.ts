import { expect, test } from 'vitest';
import { ExchangeError } from '../../../shared/errors.ts';
import { patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { awkwardNames } from './listClauses.ts';

export function folderClauses(session: ContractSession): void {
  test('a folder is made with its parents, and an existing one keeps what is in it', async () => {
    await session.inFolder(async (transport, folder) => {
      await transport.makeFolder(`${folder}/a/b/c`);
      await session.world().put(`${folder}/a/b/keep`, patternBytes(10));
      await transport.makeFolder(`${folder}/a/b/c`);
      await transport.makeFolder(`${folder}/a/b`);
      await transport.makeFolder(`${folder}/a/b/d`);
      const names = (await transport.list(`${folder}/a/b`)).map((entry) => entry.name).sort();
      expect(names).toEqual(['c', 'd', 'keep']);
    });
  });

  test('the home directory is there already', async () => {
    const transport = await session.connection();
    await transport.makeFolder('');
  });

  test('where a file has the name no folder is made', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a`, Buffer.from('a file'));
      await expect(transport.makeFolder(`${folder}/a`)).rejects.toThrow(ExchangeError);
      await expect(transport.makeFolder(`${folder}/a/b`)).rejects.toThrow(ExchangeError);
      expect(String(await session.world().read(`${folder}/a`))).toBe('a file');
    });
  });

  test('removing tells whether the folder was there', async () => {
    await session.inFolder(async (transport, folder) => {
      for (const name of awkwardNames) {
        await transport.makeFolder(`${folder}/${name}`);
        expect(await transport.removeFolder(`${folder}/${name}`), name).toBe(true);
        expect(await transport.removeFolder(`${folder}/${name}`), name).toBe(false);
      }
      expect(await transport.list(folder)).toEqual([]);
    });
  });

  test('a folder that is not empty is not removed', async () => {
    await session.inFolder(async (transport, folder) => {
      await transport.makeFolder(`${folder}/a`);
      await session.world().put(`${folder}/a/inside`, patternBytes(10));
      await expect(transport.removeFolder(`${folder}/a`)).rejects.toThrow(ExchangeError);
      expect(await session.world().read(`${folder}/a/inside`)).toEqual(patternBytes(10));
    });
  });
}
