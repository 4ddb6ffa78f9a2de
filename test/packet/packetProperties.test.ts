import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PacketRefusal } from '../../electron/packet/packet.ts';
import { parseHeader } from '../../electron/packet/parseHeader.ts';
import { unsafeReason } from '../../electron/packet/safePath.ts';
import { unpackPacket } from '../../electron/packet/unpackPacket.ts';
import { hostilePacket } from './support/hostilePacket.ts';
import { legalNames } from './support/legalNames.ts';
import {
  channel,
  frontHeader,
  generous,
  openWorkshop,
  sha256,
  sourceAt,
  type Workshop,
} from './support/packetFixture.ts';

let shop: Workshop;
let round = 0;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.remove());

/** Runs `judge` on a packet's bytes; anything but acceptance and a refusal is a failure of the test. */
async function unpackBytes(bytes: Uint8Array): Promise<'accepted' | PacketRefusal> {
  round += 1;
  const file = join(shop.folder, `round-${round}.tar.zst`);
  const staging = join(shop.folder, `round-${round}`);
  await writeFile(file, bytes);
  try {
    await unpackPacket({ file, staging, expected: {}, limits: generous });
    return 'accepted';
  } catch (error) {
    if (error instanceof PacketRefusal) return error;
    throw error;
  } finally {
    await rm(file);
    await rm(staging, { recursive: true, force: true });
  }
}

const hostileParts = [
  '..',
  '.',
  '',
  '/',
  '\\',
  'C:',
  'con',
  'a.',
  'a ',
  '\n',
  '\u0000',
  '%',
  '\ud800',
  '~',
  '-',
  'é',
  'e\u0301',
];
const part = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  fc.constantFrom(...hostileParts, ...legalNames.flatMap((name) => name.split('/'))),
);
const anyPath = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
/** What this disk can hold, and may travel. */
const legalPath = anyPath.filter((path) => unsafeReason(path) === undefined);
const tree = fc.dictionary(legalPath, fc.uint8Array({ maxLength: 2000 }), {
  maxKeys: 8,
  noNullPrototype: true,
});

describe('for any input', () => {
  test('what is sealed arrives, file by file, or is named as left out', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.integer({ min: 1, max: 19 }), async (files, level) => {
        const workshop = await openWorkshop();
        try {
          const sources = [];
          for (const [path, content] of Object.entries(files)) {
            // A name that is a folder of another cannot be on the disk beside it; sources may lie anywhere.
            const absolutePath = join(workshop.folder, `source-${sources.length}`);
            await writeFile(absolutePath, content);
            sources.push(await sourceAt(path, absolutePath));
          }
          const { file, header, leftOut } = await workshop.seal(sources, { level });
          const left = new Set(leftOut.map((entry) => entry.source.path));
          for (const entry of leftOut) expect(entry.reason).toBe('name-collision');
          if (header === undefined) {
            expect(sources).toEqual([]);
            return;
          }
          const unpacked = await unpackPacket({
            file,
            staging: join(workshop.folder, 's'),
            expected: {},
            limits: generous,
          });
          const arrived = new Map<string, string>();
          for (const entry of unpacked.files)
            arrived.set(entry.path, sha256(await readFile(entry.stagedPath)));
          const sent = Object.entries(files).filter(([path]) => !left.has(path));
          expect(arrived).toEqual(new Map(sent.map(([path, content]) => [path, sha256(content)])));
        } finally {
          await workshop.remove();
        }
      }),
      { numRuns: 150 },
    );
  });

  test('garbage is refused, neither crashing nor hanging', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        const verdict = await unpackBytes(bytes);
        expect(verdict).toMatchObject({ code: 'damaged' });
      }),
      { numRuns: 200 },
    );
  });

  test('garbage inside an undamaged tar is refused, neither crashing nor hanging', async () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), async (changes, fixSums) => {
        const bytes = hostilePacket({
          tar(honest) {
            const tar = Buffer.from(honest);
            for (const [at, value] of changes) tar.writeUInt8(value, at % tar.length);
            if (fixSums) for (let at = 0; at < tar.length; at += 512) fixSum(tar.subarray(at, at + 512));
            return tar;
          },
        });
        const verdict = await unpackBytes(bytes);
        if (verdict !== 'accepted') expect(verdict.code).not.toBe('damaged');
      }),
      { numRuns: 300 },
    );
  });

  test('a header with anything in it is read or refused, and its names are safe', () => {
    const fields = fc.record(
      {
        formatVersion: fc.oneof(fc.constant(1), fc.anything()),
        kind: fc.oneof(fc.constantFrom('files', 'void'), fc.anything()),
        sequence: fc.oneof(fc.nat(), fc.anything()),
        through: fc.oneof(fc.nat(), fc.anything()),
        createdMs: fc.oneof(fc.nat(), fc.anything()),
        from: fc.oneof(fc.string(), fc.constant('0012')),
        to: fc.oneof(fc.string(), fc.constant('all')),
        files: fc.oneof(
          fc.anything(),
          fc.array(
            fc.record({
              channel: fc.constant(channel),
              path: anyPath,
              sizeBytes: fc.nat(),
              sha256: fc.constant('0'.repeat(64)),
              modifiedMs: fc.integer(),
            }),
            { maxLength: 4 },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    let read = 0;
    fc.assert(
      fc.property(fields, (changed) => {
        const text = Buffer.from(JSON.stringify({ ...frontHeader, files: [], ...changed }) ?? 'null');
        try {
          const header = parseHeader(text);
          read += 1;
          for (const file of header.files) expect(unsafeReason(file.path)).toBeUndefined();
          const keys = header.files.map((file) => file.path.normalize('NFC').toLowerCase());
          expect(new Set(keys).size).toBe(keys.length);
        } catch (error) {
          if (!(error instanceof PacketRefusal)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(0);
  });

  test('a header of any bytes is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(() => parseHeader(bytes)).toThrow(PacketRefusal);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** Makes a changed block look like a tar header whose sum is right. */
function fixSum(block: Buffer): void {
  if (block.toString('latin1', 257, 262) !== 'ustar') return;
  block.write('        ', 148);
  block.write(
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
}
