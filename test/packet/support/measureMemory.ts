/**
 * Seals a file, unpacks it again and prints what came out and the peak of this process's resident memory; a
 * process of its own, so that nothing else is measured. Arguments: folder of `large.bin`, bytes at most.
 */
import { join } from 'node:path';
import { sealPacket } from '../../../electron/packet/sealPacket.ts';
import { unpackPacket } from '../../../electron/packet/unpackPacket.ts';
import { keepMemorySmall } from '../../../electron/platform/keepMemorySmall.ts';
import { frontHeader, packetName, sourceAt } from './packetFixture.ts';

keepMemorySmall();
const [folder = '', mostBytes = '0'] = process.argv.slice(2);
const file = join(folder, `${packetName}.tar.zst`);
const { sealed } = await sealPacket({
  header: frontHeader,
  sources: [await sourceAt('large.bin', join(folder, 'large.bin'))],
  destination: file,
  compressionLevel: 1,
});
const { files } = await unpackPacket({
  file,
  staging: join(folder, 'staging'),
  expected: {},
  limits: { files: 10, totalBytes: Number(mostBytes), ratio: 2000 },
});
console.log(
  JSON.stringify({
    packedBytes: sealed?.sizeBytes,
    unpackedBytes: files[0]?.sizeBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
