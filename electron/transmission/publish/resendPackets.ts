import { inboxFolder } from '../../../shared/remoteNames.ts';
import type { SiteName } from '../../../shared/sites.ts';
import type { Ledger, LedgerTables, PacketRow } from '../../ledger/ledger.ts';

export interface ResendOutcome {
  readonly queued: number;
  /** Packets that cannot be sent again, each with the reason. */
  readonly unavailable: readonly string[];
}

/**
 * Queues packets again, as they are, from the backup folder.
 *
 * Promise: safe to repeat: an addressee that has applied a packet answers "duplicate". One that refused it, or
 *          lost it with its disk, applies it now.
 */
export function resendPackets(ledger: Ledger, choose: (tables: LedgerTables) => PacketRow[]): ResendOutcome {
  return ledger.commit('resend', (tables) => {
    let queued = 0;
    const unavailable: string[] = [];
    for (const packet of choose(tables)) {
      const why = whyNot(packet);
      if (why !== undefined) unavailable.push(`${packet.fileName}: ${why}`);
      else queued += resendOne(tables, packet);
    }
    return { queued, unavailable };
  });
}

function whyNot(packet: PacketRow): string | undefined {
  if (packet.state === 'sealing') return 'it is still being made';
  if (packet.state === 'cancelled') return 'it was cancelled; put its files into the outgoing folder again';
  if (packet.backupRemovedMs !== undefined) return 'it is no longer in the backup folder';
  return undefined;
}

function resendOne(tables: LedgerTables, packet: PacketRow): number {
  const deliveries = tables.deliveries.ofPacket(packet.packetId);
  if (packet.to !== 'all') {
    const delivery = deliveries[0];
    if (delivery === undefined || delivery.state === 'queued') return 0;
    tables.deliveries.change(delivery.id, {
      state: 'queued',
      stage: 'renaming',
      attempts: 0,
      nextTryMs: undefined,
    });
    return 1;
  }
  // A broadcast is sent again to each store's own folder: the copy in all/ may be gone, or in use.
  let queued = 0;
  for (const { site } of tables.answers.ofPacket(packet.packetId)) queued += toOneStore(tables, packet, site);
  return queued;
}

function toOneStore(tables: LedgerTables, packet: PacketRow, site: SiteName): number {
  const folder = inboxFolder(site);
  const own = tables.deliveries.ofPacket(packet.packetId).find((row) => row.folder === folder);
  if (own === undefined) tables.deliveries.add({ packetId: packet.packetId, folder, addressee: site });
  else if (own.state === 'queued') return 0;
  else
    tables.deliveries.change(own.id, {
      state: 'queued',
      stage: 'renaming',
      attempts: 0,
      nextTryMs: undefined,
    });
  return 1;
}
