import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PacketRefusal } from '../../electron/packet/packet.ts';
import { parseHeader } from '../../electron/packet/parseHeader.ts';
import { readHeader } from '../../electron/packet/readHeader.ts';
import { unsafeReason } from '../../electron/packet/safePath.ts';
import { unpackPacket } from '../../electron/packet/unpackPacket.ts';
import { type HostilePlan, hostilePacket } from '../packet/support/hostilePacket.ts';
import { frontHeader, generous, packetName, sha256 } from '../packet/support/packetFixture.ts';
import { fuzzTest, resultOrRefusal } from './fuzzTest.ts';
import { isPolluted, mutatedJson } from './jsonMutations.ts';
import { mutated } from './mutations.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'branchline-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = ['a.txt', 'b/c.txt', 'größe/表.csv'].map((path, index) => ({
  path,
  content: `content ${index} `.repeat(index * 40),
}));
const headerSample = {
  ...frontHeader,
  files: files.map(({ path, content }) => ({
    channel: 'daily-close',
    path,
    sizeBytes: Buffer.byteLength(content),
    sha256: sha256(content),
    modifiedMs: 0,
  })),
};

fuzzTest(
  'a packet header, whatever it says, is read or refused',
  5000,
  fc.oneof(
    mutatedJson([headerSample, { ...headerSample, kind: 'void', through: 50, files: [] }]).map((text) =>
      Buffer.from(text),
    ),
    mutated([JSON.stringify(headerSample)]),
  ),
  async (bytes) => {
    const outcome = await resultOrRefusal(() => parseHeader(bytes), PacketRefusal);
    expect(isPolluted()).toBe(false);
    if ('refusal' in outcome) {
      expect(outcome.refusal.message.length).toBeLessThan(1000);
      return;
    }
    for (const file of outcome.value.files) expect(unsafeReason(file.path)).toBeUndefined();
  },
);

/** Opens the bytes as a packet. A good one is laid down whole; of a refused one nothing stays. */
async function checkPacket(bytes: Buffer): Promise<void> {
  const file = join(folder, `${packetName}.tar.zst`);
  const staging = join(folder, 'staging');
  writeFileSync(file, bytes);
  const options = { file, expected: {}, limits: generous };
  const read = await resultOrRefusal(() => readHeader(options), PacketRefusal);
  const unpacked = await resultOrRefusal(() => unpackPacket({ ...options, staging }), PacketRefusal);
  if ('value' in unpacked) {
    expect(read).toEqual({ value: unpacked.value.header });
    expect(readdirSync(staging)).toHaveLength(unpacked.value.header.files.length);
    rmSync(staging, { recursive: true });
  } else {
    expect(unpacked.refusal.message.length).toBeLessThan(1000);
  }
  expect(readdirSync(folder)).toEqual([`${packetName}.tar.zst`]);
  expect(isPolluted()).toBe(false);
}

const honest = hostilePacket({ files });
fuzzTest('damaged bytes of a packet are refused or do not matter', 500, mutated([honest]), checkPacket);

const honestTar = zstdDecompressSync(honest);
const hostilePlan: fc.Arbitrary<HostilePlan> = fc.oneof(
  mutated([honestTar]).map((tar) => ({ files, tar: () => tar })),
  mutatedJson([headerSample]).map((headerText) => ({ files, headerText })),
  mutated(['0'.repeat(64)]).map((line) => ({ files, manifest: (text: string) => line.toString() + text })),
  mutated(['Payload-Oxum: 1.1\n']).map((line) => ({
    files,
    bagInfo: (text: string) => text + line.toString(),
  })),
);
fuzzTest('a packet that its sender made wrong is refused whole', 600, hostilePlan, (plan) =>
  checkPacket(hostilePacket(plan)),
);

test('all of this took a bounded amount of memory', () => {
  expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(700);
});
