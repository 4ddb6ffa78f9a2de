import { setFlagsFromString } from 'node:v8';

/**
 * Bounds the young part of this process's heap. File pieces pass through it by the thousand; left to itself it
 * grows until the memory of those long gone outweighs that in use (a 2 GB packet: 180 MB resident in place of 140).
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--max-semi-space-size=4');
  setFlagsFromString('--semi-space-growth-factor=1');
}
