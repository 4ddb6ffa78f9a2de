import { type InflateOptions, inflatePacket } from './inflatePacket.ts';
import { PacketRefusal } from './packet.ts';

/**
 * Tells a bad packet from a damaged one: what looks like a forged name may be a flipped bit.
 *
 * Shape:   what a reader found wrong in; what to say out.
 * Promise: a final code comes out only when the whole file agrees with zstd's checksum, or is too large to tell.
 * Errors:  cancelled; Node's own file errors.
 */
export async function confirmRefusal(
  refusal: PacketRefusal,
  options: Pick<InflateOptions, 'file' | 'limits' | 'signal'>,
): Promise<PacketRefusal> {
  if (refusal.code === 'damaged') return refusal;
  const { file, limits, signal } = options;
  try {
    const tar = inflatePacket({ file, limits, signal });
    while ((await tar.next()).done !== true);
    return refusal;
  } catch (error) {
    if (error instanceof PacketRefusal) return error;
    throw error;
  }
}
