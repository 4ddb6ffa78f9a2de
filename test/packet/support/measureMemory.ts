/**
 * Seals and unpacks one large file and prints the peak of this process's resident memory; a process of its own,
 * so that nothing else is measured. Arguments: folder, bytes.
 */
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sealPacket } from '../../../electron/packet/sealPacket.ts';
import { unpackPacket } from '../../../electron/packet/unpackPacket.ts';
import { frontHeader, packetName, sourceAt } from './packetFixture.ts';

const [folder = '', size = '0'] = process.argv.slice(2);
const totalBytes = Number(size);
const path = join(folder, 'large.bin');

// Half noise, half zeros, and no two megabytes alike: compresses, but not to nothing.
const handle = await open(path, 'w');
let noise = createHash('sha512').update('noise').digest();
for (let written = 0; written < totalBytes; ) {
  noise = createHash('sha512').update(noise).digest();
  const block = Buffer.concat([Buffer.alloc(8192, noise), Buffer.alloc(65536 - 8192)]);
  const chunk = Buffer.alloc(1024 * 1024, block);
  await handle.write(chunk);
  written += chunk.length;
}
await handle.close();

const file = join(folder, `${packetName}.tar.zst`);
const sealStart = performance.now();
const { sealed } = await sealPacket({
  header: frontHeader,
  sources: [await sourceAt('large.bin', path)],
  destination: file,
  compressionLevel: 1,
});
const sealMs = performance.now() - sealStart;
await rm(path);
const unpackStart = performance.now();
const { files } = await unpackPacket({
  file,
  staging: join(folder, 'staging'),
  expected: {},
  limits: { files: 10, totalBytes, ratio: 2000 },
});
const unpackMs = performance.now() - unpackStart;
console.log(
  JSON.stringify({
    packedBytes: sealed?.sizeBytes,
    unpackedBytes: files[0]?.sizeBytes,
    sealMs: Math.round(sealMs),
    unpackMs: Math.round(unpackMs),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
