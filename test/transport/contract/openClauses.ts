import { expect, test } from 'vitest';
import type { ConnectStep } from '../../../electron/transport/transport.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';

export function openClauses(session: ContractSession): void {
  test('tells every step once, in order, and all went well', async () => {
    const steps: ConnectStep[] = [];
    const transport = await session.world().factory.open({ onStep: (step) => steps.push(step) });
    await transport.close();
    expect(steps.map((step) => step.name)).toEqual(session.expectations.steps);
    for (const step of steps) {
      expect(step.ok, step.name).toBe(true);
      expect(step.durationMs, step.name).toBeGreaterThanOrEqual(0);
      expect(step.detail.length, step.name).toBeGreaterThan(0);
    }
  });

  test('opening with a signal that has fired is cancelled', async () => {
    await expectRefusal(
      session.world().factory.open({ signal: AbortSignal.abort() }),
      'cancelled',
      'cancelled',
    );
  });

  test('closing twice is fine, and every call afterwards is connection-lost', async () => {
    const transport = await session.world().factory.open();
    expect(transport.closed).toBe(false);
    await transport.close();
    await transport.close();
    expect(transport.closed).toBe(true);
    const source = { sizeBytes: 0, open: () => expect.unreachable('the source is not opened') };
    const sink = { write: () => expect.unreachable('the sink is not written to') };
    const calls: Promise<unknown>[] = [
      transport.list(''),
      transport.fileSize('a'),
      transport.upload('a', source),
      transport.download('a', sink),
      transport.rename('a', 'b'),
      transport.remove('a'),
      transport.makeFolder('a'),
      transport.removeFolder('a'),
      transport.modifiedTime('a'),
    ];
    await Promise.all(calls.map((call) => expectRefusal(call, 'connection-lost', 'retry')));
  });

  test('two connections see the same files', async () => {
    await session.inFolder(async (transport, folder) => {
      const other = await session.world().factory.open();
      try {
        await other.makeFolder(`${folder}/shared`);
        expect(await transport.list(folder)).toMatchObject([{ name: 'shared', kind: 'folder' }]);
      } finally {
        await other.close();
      }
    });
  });

  test('traits are what was agreed', async () => {
    const { traits } = await session.connection();
    const { expectations } = session;
    expect(traits.exactListings).toBe(expectations.exactListings);
    expect(traits.resumesUploads).toBe(expectations.resumesUploads);
    expect([undefined, expectations.renameReplaces]).toContain(traits.renameReplaces);
  });
}
