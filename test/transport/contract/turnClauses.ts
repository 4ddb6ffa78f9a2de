import { expect, test } from 'vitest';
import { collectingSink, sourceOf } from '../../support/transportBytes.ts';
import { patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';

export function turnClauses(session: ContractSession): void {
  test('calls made at once are done one after the other, in their order', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(500_000);
      const sink = collectingSink();
      const results = await Promise.all([
        transport.makeFolder(`${folder}/x`),
        transport.upload(`${folder}/x/a`, sourceOf(content, 10_000)),
        transport.fileSize(`${folder}/x/a`),
        transport.rename(`${folder}/x/a`, `${folder}/x/b`),
        transport.download(`${folder}/x/b`, sink),
        transport.list(`${folder}/x`),
        transport.remove(`${folder}/x/b`),
        transport.removeFolder(`${folder}/x`),
        transport.list(folder),
      ]);
      expect(results).toMatchObject([
        undefined,
        undefined,
        content.length,
        undefined,
        content.length,
        [{ name: 'b', kind: 'file' }],
        true,
        true,
        [],
      ]);
      expect(sink.bytes().equals(content)).toBe(true);
    });
  });

  test('a call that fails does not fail those behind it', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a`, Buffer.from('x'));
      const [refused, size] = await Promise.allSettled([
        transport.download(`${folder}/no`, collectingSink()),
        transport.fileSize(`${folder}/a`),
      ]);
      expect(refused.status).toBe('rejected');
      expect(size).toEqual({ status: 'fulfilled', value: 1 });
    });
  });

  test('a call that waits its turn can be cancelled', async () => {
    await session.inFolder(async (transport, folder) => {
      const cancel = new AbortController();
      const upload = transport.upload(`${folder}/a`, sourceOf(patternBytes(200_000), 10_000));
      const waiting = transport.remove(`${folder}/a`, { signal: cancel.signal });
      cancel.abort();
      await expectRefusal(waiting, 'cancelled', 'cancelled');
      await upload;
      expect(await session.world().read(`${folder}/a`)).toHaveLength(200_000);
    });
  });
}
