/** Moments that every file system and date library in use can hold: 1901 to 9999. */
const earliestMs = -(2 ** 31) * 1000;
const latestMs = 253_402_300_799_000;

/** A modified time that can be set anywhere: odd ones exist on disks, and a packet may say anything. */
export function boundFileTime(ms: number): number {
  return Math.min(Math.max(ms, earliestMs), latestMs);
}
