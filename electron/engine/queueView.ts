import type { QueueRow } from '../../shared/views.ts';
import type { DeliveryRow, Ledger, LedgerTables } from '../ledger/ledger.ts';

/** Deliveries that are not finished with: queued, skipped, or published and not yet answered; oldest first. */
export function queueView(ledger: Ledger): QueueRow[] {
  return ledger.read((tables) =>
    tables.deliveries
      .inState('queued', 'skipped', 'published')
      .flatMap((delivery) => rowOf(tables, delivery)),
  );
}

function rowOf(tables: LedgerTables, delivery: DeliveryRow): QueueRow[] {
  const packet = tables.packets.get(delivery.packetId);
  if (packet === undefined) return [];
  const awaiting = tables.answers.awaiting(packet.packetId);
  return [
    {
      id: delivery.id,
      packetId: packet.packetId,
      fileName: packet.fileName,
      to: packet.to,
      folder: delivery.folder,
      sequence: packet.sequence,
      kind: packet.kind,
      state: delivery.state,
      sizeBytes: packet.sizeBytes,
      files: packet.fileCount,
      createdMs: packet.createdMs,
      attempts: delivery.attempts,
      nextTryMs: delivery.nextTryMs,
      lastError: delivery.lastError,
      awaiting:
        delivery.addressee === 'all' ? awaiting : awaiting.filter((site) => site === delivery.addressee),
    },
  ];
}
