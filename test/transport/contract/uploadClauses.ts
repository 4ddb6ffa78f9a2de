import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Transport } from '../../../electron/transport/transport.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { sourceOf } from '../../support/transportBytes.ts';
import { breakingSource, hangingSource, patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';

const chunkBytes = 64 * 1024;

export function uploadClauses(session: ContractSession): void {
  const { expectations } = session;

  test.for([0, 1, 1000, 1024 * 1024])('%i bytes arrive as they are', async (size) => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(size);
      await transport.upload(`${folder}/a.bin`, sourceOf(content, chunkBytes));
      expect(await session.world().read(`${folder}/a.bin`)).toEqual(content);
      expect(await transport.fileSize(`${folder}/a.bin`)).toBe(size);
    });
  });

  test('20 MiB arrive in a stream, and onBytes adds up to them', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(20 * 1024 * 1024);
      let moved = 0;
      await transport.upload(`${folder}/large.bin`, sourceOf(content, chunkBytes), {
        onBytes: (count) => {
          moved += count;
        },
      });
      expect(moved).toBe(content.length);
      expect((await session.world().read(`${folder}/large.bin`))?.equals(content)).toBe(true);
    });
  });

  test('a hundred small files arrive over one connection', async () => {
    await session.inFolder(async (transport, folder) => {
      for (let index = 0; index < 100; index += 1) {
        await transport.upload(`${folder}/${index}.txt`, sourceOf(`content of ${index}`));
      }
      expect(transport.closed).toBe(false);
      expect(await transport.list(folder)).toHaveLength(100);
      for (let index = 0; index < 100; index += 1) {
        expect(String(await session.world().read(`${folder}/${index}.txt`))).toBe(`content of ${index}`);
      }
    });
  });

  test('an existing longer file is replaced', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a.bin`, patternBytes(5000));
      await transport.upload(`${folder}/a.bin`, sourceOf('short'));
      expect(String(await session.world().read(`${folder}/a.bin`))).toBe('short');
    });
  });

  test('into a missing folder is not-found, and the connection goes on', async () => {
    await session.inFolder(async (transport, folder) => {
      await expectRefusal(transport.upload(`${folder}/no/a.bin`, sourceOf('x')), 'not-found', 'fix');
      expect(await transport.list(folder)).toEqual([]);
    });
  });

  test('a source that breaks passes its error on, and no success is told', async () => {
    await session.inFolder(async (transport, folder) => {
      const broken = new Error('the local disk broke');
      const source = breakingSource(patternBytes(300_000), 100_000, broken);
      await expect(transport.upload(`${folder}/a.bin`, source)).rejects.toBe(broken);
      expect((await session.world().read(`${folder}/a.bin`))?.length ?? 0).toBeLessThanOrEqual(100_000);
    });
  });

  test.for([1000, 2000])('a source of %i instead of 1,500 bytes is size-mismatch', async (actual) => {
    await session.inFolder(async (transport, folder) => {
      const source = { ...sourceOf(patternBytes(actual)), sizeBytes: 1500 };
      await expectRefusal(transport.upload(`${folder}/a.bin`, source), 'size-mismatch', 'retry');
    });
  });

  test('with a signal that has fired nothing is written', async () => {
    await session.inFolder(async (transport, folder) => {
      const upload = transport.upload(`${folder}/a.bin`, sourceOf('x'), { signal: AbortSignal.abort() });
      await expectRefusal(upload, 'cancelled', 'cancelled');
      expect(await session.world().read(`${folder}/a.bin`)).toBeUndefined();
    });
  });

  test('cancelled in the middle it ends at once and lets go of its source', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(2 * 1024 * 1024);
      const { source, upload } = cancelMidway(transport, `${folder}/a.bin`, content);
      await expectRefusal(upload, 'cancelled', 'cancelled');
      expect(source.streams.map((stream) => stream.destroyed)).toEqual([true]);
      const rest = (await session.world().read(`${folder}/a.bin`)) ?? Buffer.alloc(0);
      expect(rest.equals(content.subarray(0, rest.length))).toBe(true);
    });
  });

  if (expectations.resumesUploads) describe('resumed', () => resumeClauses(session));
}

function resumeClauses(session: ContractSession): void {
  test('the rest is added to what is there, and only the rest is read', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(700_000);
      await session.world().put(`${folder}/a.bin`, content.subarray(0, 300_001));
      const opened: number[] = [];
      const whole = sourceOf(content, chunkBytes);
      const source = {
        sizeBytes: whole.sizeBytes,
        open(offset: number) {
          opened.push(offset);
          return whole.open(offset);
        },
      };
      let moved = 0;
      await transport.upload(`${folder}/a.bin`, source, {
        offset: 300_001,
        onBytes: (count) => {
          moved += count;
        },
      });
      expect(opened).toEqual([300_001]);
      expect(moved).toBe(content.length - 300_001);
      expect(await session.world().read(`${folder}/a.bin`)).toEqual(content);
    });
  });

  test.for([
    ['shorter', 999],
    ['longer', 1001],
    ['missing', undefined],
  ] as const)('where the remote file is %s it is size-mismatch and stays as it was', async ([, size]) => {
    await session.inFolder(async (transport, folder) => {
      const before = size === undefined ? undefined : patternBytes(size);
      if (before !== undefined) await session.world().put(`${folder}/a.bin`, before);
      const upload = transport.upload(`${folder}/a.bin`, sourceOf(patternBytes(3000)), { offset: 1000 });
      await expectRefusal(upload, 'size-mismatch', 'retry');
      expect(await session.world().read(`${folder}/a.bin`)).toEqual(before);
    });
  });

  test('after a cancelled upload the next connection completes it', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(2 * 1024 * 1024);
      const { upload } = cancelMidway(transport, `${folder}/a.bin`, content);
      await expectRefusal(upload, 'cancelled', 'cancelled');
      await transport.close();
      const next = await session.connection();
      await completeUpload(next, `${folder}/a.bin`, content);
      expect((await session.world().read(`${folder}/a.bin`))?.equals(content)).toBe(true);
    });
  });
}

function cancelMidway(transport: Transport, path: string, content: Buffer) {
  const cancel = new AbortController();
  const source = hangingSource(content, 1024 * 1024);
  const upload = transport.upload(path, source, {
    signal: cancel.signal,
    onBytes: () => cancel.abort(),
  });
  return { source, upload };
}

/** As a caller does it: look how far it got, go on from there, and look again if the server was not done yet. */
async function completeUpload(transport: Transport, path: string, content: Buffer): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const offset = (await transport.fileSize(path)) ?? 0;
    try {
      return await transport.upload(path, sourceOf(content, chunkBytes), { offset });
    } catch (error) {
      const passing = error instanceof ExchangeError && error.class === 'retry' && !transport.closed;
      if (!passing || attempt === 20) throw error;
      await delay(50);
    }
  }
}
