import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setsChannel } from '../../../shared/setManifest.ts';
import type { PendingSource } from '../../ledger/ledger.ts';
import { sameStamp, stampOf } from '../../packet/fileStamp.ts';
import type { FileStamp } from '../../packet/packet.ts';
import { formatUtc } from '../../platform/clock.ts';
import { placeFile } from '../placeFile.ts';
import { sideBySide } from '../sideBySide.ts';
import type { SiteContext } from '../siteContext.ts';

/**
 * Takes picked-up files out of the outgoing folder (move, delete or keep), now that their packet is queued.
 *
 * Promise: a file that changed since it was packed is not touched: it is a new file and is packed again.
 *          Repeating it, also after a kill, does no harm.
 */
export async function settleSources(site: SiteContext): Promise<void> {
  const pending = site.ledger.read((tables) => tables.packets.pendingSources());
  if (pending.length === 0) return;
  await sideBySide(pending, (source) => settleOne(site, source));
  site.ledger.commit('sources-settled', (tables) => {
    for (const source of pending) tables.packets.settleSource(source.packetId, source.index);
  });
}

async function settleOne(site: SiteContext, source: PendingSource): Promise<void> {
  // Published sets are made anew when they are needed; nobody looks for them in sent/.
  const afterPickup = source.channel === setsChannel ? 'delete' : site.delivery.afterPickup;
  if (afterPickup === 'keep' || source.sourcePath === '') return;
  const packed = {
    sizeBytes: source.sizeBytes,
    modifiedNs: source.sourceModifiedNs,
    inode: source.sourceInode,
  };
  // Aside first, then look again: a program may put a new file of this name there between look and move.
  // The name aside is fixed by the packet, so that a killed move is found and finished.
  const aside = join(site.folders.sent, '.settling', `${source.packetId}-${source.index}`);
  if ((await stampOf(aside)) === undefined) {
    const now = await stampOf(source.sourcePath);
    if (now === undefined || !sameStamp(now, packed)) return;
    await moveAside(source.sourcePath, aside);
  }
  const moved = await stampOf(aside);
  if (moved === undefined || !looksLike(moved, packed)) {
    await placeFile(aside, source.sourcePath, 'keep-both');
    return;
  }
  if (afterPickup === 'delete') {
    await rm(aside, { force: true });
    return;
  }
  const day = formatUtc(site.clock.now()).slice(0, 10);
  await placeFile(
    aside,
    join(site.folders.sent, day, source.channel, ...source.path.split('/')),
    'keep-both',
  );
}

async function moveAside(path: string, aside: string): Promise<void> {
  await mkdir(dirname(aside), { recursive: true });
  try {
    await rename(path, aside);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    // Another volume: placeFile copies, makes the copy durable, and only then removes the original.
    await placeFile(path, aside, 'replace');
  }
}

/** A copy from another volume has a new inode, and its time may be rounded to the millisecond. */
function looksLike(moved: FileStamp, packed: FileStamp): boolean {
  if (sameStamp(moved, packed)) return true;
  const apartNs = BigInt(moved.modifiedNs) - BigInt(packed.modifiedNs);
  const sameVolume = moved.inode.split(':')[0] === packed.inode.split(':')[0];
  return !sameVolume && moved.sizeBytes === packed.sizeBytes && apartNs < 1_000_000n && apartNs > -1_000_000n;
}
