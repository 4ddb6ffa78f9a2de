import type { UnpackLimits } from './packet.ts';

/** What any site accepts. The ratio is twice what the sealer keeps to. */
export const standardLimits: UnpackLimits = { files: 100_000, totalBytes: 2 ** 40, ratio: 2000 };
