import type { PacketHeader } from '../../shared/packetHeader.ts';
import { standardLimits } from './standardLimits.ts';
import { type WalkOptions, walkPacket } from './walkPacket.ts';

/**
 * Checks a packet file from end to end without writing anything.
 *
 * Promise: the header that comes out describes exactly what the packet holds, file by file, hash by hash.
 * Errors:  PacketRefusal; those of the local disk; cancelled.
 */
export async function verifyPacket(
  options: Pick<WalkOptions, 'file' | 'signal' | 'onBytes'> &
    Partial<Pick<WalkOptions, 'expected' | 'limits'>>,
): Promise<{ readonly header: PacketHeader }> {
  const header = await walkPacket({
    expected: {},
    limits: standardLimits,
    ...options,
    async place(_file, _index, content) {
      // The walk hashes what is drawn through here.
      for await (const _chunk of content);
    },
  });
  return { header };
}
