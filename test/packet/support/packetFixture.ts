import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stampOf } from '../../../electron/packet/fileStamp.ts';
import type { PacketSource, UnpackLimits } from '../../../electron/packet/packet.ts';
import { type LeftOut, sealPacket } from '../../../electron/packet/sealPacket.ts';
import type { PacketHeader } from '../../../shared/packetHeader.ts';
import { channelNameSchema, storeNumberSchema } from '../../../shared/sites.ts';

export const officeId = '5b3f8c1e-0d5a-4f0e-9b61-3f7f5d1c2a10';
export const packetName = '0012-central-00000042-k3f9q2m7';
export const channel = channelNameSchema.parse('daily-close');
export const generous: UnpackLimits = { files: 1000, totalBytes: 1e9, ratio: 2000 };

export const frontHeader: Omit<PacketHeader, 'files'> = {
  formatVersion: 1,
  kind: 'files',
  packetId: '0199c0de-0000-7000-8000-000000000001',
  officeId,
  from: storeNumberSchema.parse('0012'),
  fromGuid: '5b3f8c1e-0d5a-4f0e-9b61-3f7f5d1c2a11',
  to: 'central',
  streamId: '0199c0de-0000-7000-8000-000000000002',
  sequence: 42,
  through: 42,
  usage: 'production',
  createdMs: Date.UTC(2026, 10, 21, 8, 41),
};

export interface Workshop {
  readonly folder: string;
  /** Writes a file and says how it would be packed. */
  addSource(path: string, content: string | Uint8Array, modifiedMs?: number): Promise<PacketSource>;
  seal(
    sources: readonly PacketSource[],
    options?: { readonly header?: Partial<Omit<PacketHeader, 'files'>>; readonly level?: number },
  ): Promise<{
    readonly file: string;
    readonly header: PacketHeader | undefined;
    readonly leftOut: readonly LeftOut[];
  }>;
  remove(): Promise<void>;
}

/** A temporary folder in which packets are made. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'branchline-packet-'));
  return {
    folder,
    async addSource(path, content, modifiedMs = Date.UTC(2026, 2, 1, 6, 0, 0, 123)) {
      const absolutePath = join(folder, 'outgoing', path);
      await mkdir(dirname(absolutePath), { recursive: true });
      await writeFile(absolutePath, content);
      // Node takes a negative number for the present, but not a date before 1970.
      await utimes(absolutePath, new Date(modifiedMs), new Date(modifiedMs));
      return await sourceAt(path, absolutePath);
    },
    async seal(sources, options = {}) {
      const file = join(folder, `${packetName}.tar.zst`);
      const { sealed, leftOut } = await sealPacket({
        header: { ...frontHeader, ...options.header },
        sources,
        destination: file,
        compressionLevel: options.level ?? 3,
      });
      return { file, header: sealed?.header, leftOut };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function sourceAt(path: string, absolutePath: string): Promise<PacketSource> {
  const stamp = await stampOf(absolutePath);
  if (stamp === undefined) throw new Error(`${absolutePath} is not a file`);
  return { channel, path, absolutePath, stamp };
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
