import type { PacketFile, PacketHeader } from '../../shared/packetHeader.ts';
import { formatUtc } from '../platform/clock.ts';
import { bagPath } from './bagLayout.ts';

/** `bagit.txt`. Source: RFC 8493 §2.1.1. */
export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** `bag-info.txt`. Source: RFC 8493 §2.2.2. */
export function bagInfoText(header: PacketHeader): string {
  const numbers =
    header.through === header.sequence ? `${header.sequence}` : `${header.sequence}-${header.through}`;
  return [
    `Bagging-Date: ${formatUtc(header.createdMs).slice(0, 10)}`,
    `Payload-Oxum: ${payloadOxum(header)}`,
    `External-Identifier: ${header.packetId}`,
    `External-Description: Branchline packet ${numbers} from ${header.from} to ${header.to}`,
    `Bag-Group-Identifier: ${header.streamId}`,
    '',
  ].join('\n');
}

/** Octets and streams of the payload. */
export function payloadOxum(header: PacketHeader): string {
  const bytes = header.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return `${bytes}.${header.files.length}`;
}

/** A line of `manifest-sha256.txt`: both a BagIt manifest and what `sha256sum -c` reads. */
export function manifestLine(file: PacketFile): string {
  return `${file.sha256}  ${bagPath(file)}\n`;
}

/** `tagmanifest-sha256.txt`, in the order of the tar. */
export function tagManifestText(hashes: ReadonlyMap<string, string>): string {
  return [...hashes].map(([name, sha256]) => `${sha256}  ${name}\n`).join('');
}
