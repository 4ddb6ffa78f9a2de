import type { PacketHeader } from '../../shared/packetHeader.ts';
import { confirmRefusal } from './confirmRefusal.ts';
import { EntryReader } from './entryReader.ts';
import { inflatePacket } from './inflatePacket.ts';
import { PacketRefusal } from './packet.ts';
import { readTar } from './readTar.ts';
import { readFront, type WalkOptions } from './walkPacket.ts';

/**
 * Reads a packet's header and stops there.
 *
 * Promise: the header is well-formed and its names are safe; that the packet holds what the header says, or is
 *          undamaged at all, is not looked at. Reads at most 32 MiB of header and the little before it.
 * Errors:  PacketRefusal, with a final code only when the whole file is undamaged; cancelled; Node's own file errors.
 */
export async function readHeader(
  options: Pick<WalkOptions, 'file' | 'expected' | 'limits' | 'signal'>,
): Promise<PacketHeader> {
  const tar = readTar(inflatePacket(options));
  try {
    return await readFront(new EntryReader(tar), options);
  } catch (error) {
    if (error instanceof PacketRefusal) throw await confirmRefusal(error, options);
    throw error;
  } finally {
    await tar.return(undefined);
  }
}
