import { ExchangeError } from '../../shared/errors.ts';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import { extractPacket } from '../packet/extractPacket.ts';
import { PacketRefusal } from '../packet/packet.ts';
import { verifyPacket } from '../packet/verifyPacket.ts';
import type { PacketReport } from './engine.ts';

/** Verifies a packet file whole, without unpacking it anywhere. Errors: file-not-found (fix). */
export async function verifyPacketFile(file: string): Promise<PacketReport> {
  try {
    const { header } = await verifyPacket({ file });
    return { ok: true, header, code: 'ok', message: 'The packet is whole and every hash agrees.' };
  } catch (error) {
    if (error instanceof PacketRefusal)
      return { ok: false, header: undefined, code: error.code, message: error.message };
    throw localError(error, file);
  }
}

/**
 * Unpacks a packet file into a folder that is empty or not there yet, after verifying it whole.
 *
 * Errors: packet-refused, file-not-found, folder-not-empty (fix).
 */
export async function unpackPacketFile(file: string, destination: string): Promise<PacketHeader> {
  try {
    return (await extractPacket({ file, destination })).header;
  } catch (error) {
    if (error instanceof PacketRefusal) {
      throw new ExchangeError({
        code: 'packet-refused',
        class: 'fix',
        message: `The packet was refused (${error.code}): ${error.message}`,
        advice: 'Nothing was unpacked. Get the packet again from its sender, or from the backup folder.',
        cause: error,
      });
    }
    throw localError(error, file);
  }
}

function localError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'ENOENT' && error.code !== 'EISDIR') return error;
  return new ExchangeError({
    code: 'file-not-found',
    class: 'fix',
    message: `There is no packet file ${file}.`,
    advice: 'Check the path. Sent packets lie in the backup folder of the site that made them.',
    cause: error,
  });
}
