import { basename } from 'node:path';
import type { PacketFile } from '../../shared/packetHeader.ts';

/**
 * The entries of a packet, in their order in the tar; payload files stand between `packet.json` and the
 * manifests, in the order of the header. Every format to come keeps the first three in front, so that an older
 * program can read `formatVersion` and say that it is too old.
 */
export const tagFiles = {
  bagit: 'bagit.txt',
  bagInfo: 'bag-info.txt',
  header: 'packet.json',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
} as const;

/** Bound on `packet.json`: room for 100,000 files with names of ordinary length. */
export const largestHeaderBytes = 32 * 1024 * 1024;

/** Bound on `bagit.txt` and `bag-info.txt`. */
export const largestTagFileBytes = 64 * 1024;

/** Where a file lies in the bag. Also how its manifest line names it: see `storedPath`. */
export function bagPath(file: Pick<PacketFile, 'channel' | 'path' | 'storedAs'>): string {
  return `data/${file.channel}/${file.storedAs ?? file.path}`;
}

/** The one folder in the tar: the packet file's name without its ending. */
export function topFolder(packetFile: string): string {
  return basename(packetFile).replace(/\.tar\.zst$/, '');
}
