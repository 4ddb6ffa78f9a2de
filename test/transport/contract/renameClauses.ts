import { expect, test } from 'vitest';
import { patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';
import { awkwardNames } from './listClauses.ts';

export function renameClauses(session: ContractSession): void {
  const { expectations } = session;

  test('a file moves across folders, whole', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(50_000);
      await transport.makeFolder(`${folder}/from`);
      await transport.makeFolder(`${folder}/to/deep`);
      await session.world().put(`${folder}/from/a.bin`, content);
      await transport.rename(`${folder}/from/a.bin`, `${folder}/to/deep/b.bin`);
      expect(await transport.list(`${folder}/from`)).toEqual([]);
      expect(await session.world().read(`${folder}/to/deep/b.bin`)).toEqual(content);
      expect(await transport.fileSize(`${folder}/to/deep/b.bin`)).toBe(content.length);
    });
  });

  test('names in any script, with spaces, quotes and signs', async () => {
    await session.inFolder(async (transport, folder) => {
      for (const name of awkwardNames) {
        await session.world().put(`${folder}/plain`, Buffer.from(name));
        await transport.rename(`${folder}/plain`, `${folder}/${name}`);
        expect(String(await session.world().read(`${folder}/${name}`)), name).toBe(name);
        await transport.rename(`${folder}/${name}`, `${folder}/back`);
        await transport.remove(`${folder}/back`);
      }
      expect(await transport.list(folder)).toEqual([]);
    });
  });

  test('a missing file is refused, and nothing appears', async () => {
    await session.inFolder(async (transport, folder) => {
      const rename = transport.rename(`${folder}/no`, `${folder}/new`);
      await expectRefusal(rename, expectations.missingSourceCodes, 'fix');
      expect(await transport.list(folder)).toEqual([]);
    });
  });

  test('into a missing folder it is refused, and the file stays', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a.bin`, patternBytes(10));
      const rename = transport.rename(`${folder}/a.bin`, `${folder}/no/a.bin`);
      await expectRefusal(rename, ['rename-refused', 'not-found', 'forbidden'], 'fix');
      expect(await session.world().read(`${folder}/a.bin`)).toEqual(patternBytes(10));
    });
  });

  if (expectations.renameReplaces) {
    test('an existing target is replaced', async () => {
      await session.inFolder(async (transport, folder) => {
        await session.world().put(`${folder}/a`, Buffer.from('new'));
        await session.world().put(`${folder}/b`, Buffer.from('older and longer'));
        await transport.rename(`${folder}/a`, `${folder}/b`);
        expect(await session.world().read(`${folder}/a`)).toBeUndefined();
        expect(String(await session.world().read(`${folder}/b`))).toBe('new');
        expect([undefined, true]).toContain(transport.traits.renameReplaces);
      });
    });
  } else {
    test('an existing target is kept, and so is the source', async () => {
      await session.inFolder(async (transport, folder) => {
        await session.world().put(`${folder}/a`, Buffer.from('new'));
        await session.world().put(`${folder}/b`, Buffer.from('old'));
        const rename = transport.rename(`${folder}/a`, `${folder}/b`);
        await expectRefusal(rename, expectations.keptTargetCodes, 'fix');
        expect(String(await session.world().read(`${folder}/a`))).toBe('new');
        expect(String(await session.world().read(`${folder}/b`))).toBe('old');
        expect([undefined, false]).toContain(transport.traits.renameReplaces);
      });
    });
  }

  test('with a signal that has fired nothing moves', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a`, patternBytes(10));
      const rename = transport.rename(`${folder}/a`, `${folder}/b`, { signal: AbortSignal.abort() });
      await expectRefusal(rename, 'cancelled', 'cancelled');
      expect(await session.world().read(`${folder}/a`)).toEqual(patternBytes(10));
    });
  });
}
