import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { collectingSink } from '../../support/transportBytes.ts';
import { patternBytes } from './contractBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';

export function downloadClauses(session: ContractSession): void {
  test.for([0, 1, 1000, 1024 * 1024])('%i bytes come as they are', async (size) => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(size);
      await session.world().put(`${folder}/a.bin`, content);
      const sink = collectingSink();
      expect(await transport.download(`${folder}/a.bin`, sink, { expectedBytes: size })).toBe(size);
      expect(sink.bytes()).toEqual(content);
    });
  });

  test('20 MiB come in a stream, and onBytes adds up to them', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(20 * 1024 * 1024);
      await session.world().put(`${folder}/large.bin`, content);
      const sink = collectingSink();
      let moved = 0;
      const delivered = await transport.download(`${folder}/large.bin`, sink, {
        onBytes: (count) => {
          moved += count;
        },
      });
      expect([delivered, moved]).toEqual([content.length, content.length]);
      expect(sink.bytes().equals(content)).toBe(true);
    });
  });

  test('a hundred small files come over one connection', async () => {
    await session.inFolder(async (transport, folder) => {
      for (let index = 0; index < 100; index += 1) {
        await session.world().put(`${folder}/${index}.txt`, Buffer.from(`content of ${index}`));
      }
      for (let index = 0; index < 100; index += 1) {
        const sink = collectingSink();
        await transport.download(`${folder}/${index}.txt`, sink);
        expect(String(sink.bytes())).toBe(`content of ${index}`);
      }
    });
  });

  test.for([1, 4321, 10_000])('from byte %i on only the rest comes', async (offset) => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(10_000);
      await session.world().put(`${folder}/a.bin`, content);
      const sink = collectingSink();
      const options = { offset, expectedBytes: content.length };
      expect(await transport.download(`${folder}/a.bin`, sink, options)).toBe(content.length - offset);
      expect(sink.bytes()).toEqual(content.subarray(offset));
    });
  });

  test('a missing file is not-found, and the connection goes on', async () => {
    await session.inFolder(async (transport, folder) => {
      const sink = collectingSink();
      await expectRefusal(transport.download(`${folder}/no.bin`, sink), 'not-found', 'fix');
      await expectRefusal(transport.download(`${folder}/no/no.bin`, sink), 'not-found', 'fix');
      expect(sink.bytes()).toHaveLength(0);
      expect(await transport.list(folder)).toEqual([]);
    });
  });

  test.for([9999, 10_001])('a file of 10,000 instead of %i bytes is size-mismatch', async (expectedBytes) => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a.bin`, patternBytes(10_000));
      const download = transport.download(`${folder}/a.bin`, collectingSink(), { expectedBytes });
      await expectRefusal(download, 'size-mismatch', 'retry');
    });
  });

  test('a slow sink gets one chunk at a time, in order', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(2 * 1024 * 1024);
      await session.world().put(`${folder}/a.bin`, content);
      const sink = collectingSink();
      let busy = false;
      await transport.download(`${folder}/a.bin`, {
        async write(chunk) {
          expect(busy).toBe(false);
          busy = true;
          for (let turn = 0; turn < 3; turn += 1) await nextTurn();
          await sink.write(chunk);
          busy = false;
        },
      });
      expect(busy).toBe(false);
      expect(sink.bytes().equals(content)).toBe(true);
    });
  });

  test('what the sink throws passes through unchanged, and nothing more is handed to it', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a.bin`, patternBytes(4 * 1024 * 1024));
      const full = new Error('the local disk is full');
      let writes = 0;
      const sink = {
        async write() {
          writes += 1;
          await nextTurn();
          throw full;
        },
      };
      await expect(transport.download(`${folder}/a.bin`, sink)).rejects.toBe(full);
      expect(writes).toBe(1);
    });
  });

  test('cancelled in the middle it ends, having delivered a prefix', async () => {
    await session.inFolder(async (transport, folder) => {
      const content = patternBytes(8 * 1024 * 1024);
      await session.world().put(`${folder}/a.bin`, content);
      const cancel = new AbortController();
      const sink = collectingSink();
      const download = transport.download(`${folder}/a.bin`, sink, {
        signal: cancel.signal,
        onBytes: () => cancel.abort(),
      });
      await expectRefusal(download, 'cancelled', 'cancelled');
      expect(sink.bytes().length).toBeLessThan(content.length);
      expect(sink.bytes().equals(content.subarray(0, sink.bytes().length))).toBe(true);
    });
  });

  test('with a signal that has fired nothing is delivered', async () => {
    await session.inFolder(async (transport, folder) => {
      await session.world().put(`${folder}/a.bin`, patternBytes(10));
      const sink = collectingSink();
      const download = transport.download(`${folder}/a.bin`, sink, { signal: AbortSignal.abort() });
      await expectRefusal(download, 'cancelled', 'cancelled');
      expect(sink.bytes()).toHaveLength(0);
    });
  });

  test('a folder cannot be downloaded', async () => {
    await session.inFolder(async (transport, folder) => {
      const download = transport.download(folder, collectingSink());
      await expectRefusal(download, ['not-found', 'forbidden'], 'fix');
    });
  });
}
