import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finishApplying } from '../inbox/applyPacket.ts';
import { settleSources } from '../outgoing/settleSources.ts';
import type { SiteContext } from '../siteContext.ts';

/**
 * Finishes or undoes whatever was under way when the program was killed. Local only: what concerns the server
 * is settled by looking at it, in the steps that follow.
 *
 * Promise: repeating it does no harm; a kill during it neither.
 */
export async function recover(site: SiteContext): Promise<void> {
  await undoSealing(site);
  await settleSources(site);
  for (const packet of site.ledger.read((tables) => tables.inPackets.inState('applying'))) {
    await finishApplying(site, packet);
  }
  await rm(join(site.folders.incoming, '.staging'), { recursive: true, force: true });
  await dropFinishedDownloads(site);
}

/** A packet that was being sealed was never queued: its files are still in the outgoing folder. */
async function undoSealing(site: SiteContext): Promise<void> {
  const unsealed = site.ledger.read((tables) => tables.packets.inState('sealing'));
  if (unsealed.length === 0) return;
  for (const packet of unsealed) {
    const path = join(site.folders.backup, packet.fileName);
    await Promise.all([rm(path, { force: true }), rm(`${path}.tmp`, { force: true })]);
  }
  site.ledger.commit('sealing-undone', (tables) => {
    for (const packet of unsealed) tables.packets.remove(packet.packetId);
  });
}

/** Downloads of packets that were answered meanwhile. */
async function dropFinishedDownloads(site: SiteContext): Promise<void> {
  let names: string[];
  try {
    names = await readdir(site.folders.inbox);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  for (const name of names) {
    const row = site.ledger.read((tables) => tables.inPackets.get(name.replace(/\.part$/, '')));
    if (row !== undefined) await rm(join(site.folders.inbox, name), { force: true });
  }
}
