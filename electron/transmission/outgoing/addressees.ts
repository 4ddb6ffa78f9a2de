import { folderOf } from '../../../shared/remoteNames.ts';
import type { SiteName } from '../../../shared/sites.ts';
import type { LedgerTables, PacketRow } from '../../ledger/ledger.ts';

/** Queues a sealed packet to its addressee's folder and notes whose answers it owes. */
export function enqueue(tables: LedgerTables, packet: Pick<PacketRow, 'packetId' | 'to' | 'sequence'>): void {
  tables.deliveries.add({ packetId: packet.packetId, folder: folderOf(packet.to), addressee: packet.to });
  for (const site of addresseesOf(tables, packet)) tables.answers.expect(packet.packetId, site);
}

/** The sites that owe an answer; of a broadcast, the stores that had joined when it was made. */
export function addresseesOf(tables: LedgerTables, packet: Pick<PacketRow, 'to' | 'sequence'>): SiteName[] {
  if (packet.to !== 'all') return [packet.to];
  return tables.sites
    .all()
    .filter((site) => site.allStartsAt !== undefined && site.allStartsAt <= packet.sequence)
    .map((site) => site.name);
}
