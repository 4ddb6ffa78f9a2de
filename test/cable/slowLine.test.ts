import { expect, onTestFinished, test } from 'vitest';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startPyftpdlib } from '../servers/startPyftpdlib.ts';
import { readAll, sourceOf } from '../support/transportBytes.ts';
import { patternBytes } from '../transport/contract/contractBytes.ts';
import { ftpWorld } from '../transport/contract/ftpWorld.ts';
import { cableTo } from './proxy.ts';

describeWithServer('pyftpdlib', 'a slow line', () => {
  test('is not taken for a broken one, however much longer than the stall time-out a file takes', async () => {
    const server = await startPyftpdlib();
    onTestFinished(() => server.stop());
    const cable = await cableTo(server, { bytesPerSecond: 200_000, roundTripMs: 100 });
    const { factory, read } = ftpWorld({ ...server, port: cable.port }, { stallTimeoutSeconds: 2 });
    const transport = await factory.open();
    onTestFinished(() => transport.close());
    const content = patternBytes(800_000);
    const start = performance.now();
    await transport.upload('slow.bin', sourceOf(content, 64 * 1024));
    expect(content.equals((await read('slow.bin')) ?? Buffer.alloc(0))).toBe(true);
    expect(content.equals(await readAll(transport, 'slow.bin'))).toBe(true);
    // Each way takes 4 s; that it did proves that the line was slow.
    expect(performance.now() - start).toBeGreaterThan(7500);
  });
});
