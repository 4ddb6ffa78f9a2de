import type { DeliveryRow, Ledger } from '../../ledger/ledger.ts';
import { oweVoid } from './owedVoids.ts';

/** Puts skipped deliveries (all, or those named) back in the queue with a fresh count. Returns how many. */
export function retryDeliveries(ledger: Ledger, ids?: readonly number[]): number {
  return ledger.commit('queue-retry', (tables) => {
    const chosen = tables.deliveries
      .inState('skipped', 'queued')
      .filter((row) => ids === undefined || ids.includes(row.id));
    for (const row of chosen) {
      tables.deliveries.change(row.id, { state: 'queued', attempts: 0, nextTryMs: undefined });
    }
    return chosen.length;
  });
}

/** Sets queued deliveries aside until a person retries them. Returns how many. */
export function skipDeliveries(ledger: Ledger, ids: readonly number[]): number {
  return ledger.commit('queue-skip', (tables) => {
    const chosen = tables.deliveries.inState('queued').filter((row) => ids.includes(row.id));
    for (const row of chosen) tables.deliveries.change(row.id, { state: 'skipped', nextTryMs: undefined });
    return chosen.length;
  });
}

/**
 * Gives up deliveries that have not been published. Their numbers are filled by void packets, so that the
 * addressee does not wait; the sealed packets stay in the backup folder. Returns how many.
 */
export function cancelDeliveries(ledger: Ledger, ids: readonly number[]): number {
  return ledger.commit('queue-cancel', (tables) => {
    const chosen = tables.deliveries.inState('queued', 'skipped').filter((row) => ids.includes(row.id));
    let cancelled = 0;
    for (const row of chosen) {
      const packet = tables.packets.get(row.packetId);
      // A void packet is itself the notice that nothing comes: there is nothing to give up.
      if (packet === undefined || packet.kind === 'void') continue;
      tables.deliveries.change(row.id, { state: 'cancelled', nextTryMs: undefined });
      if (isOnlyDelivery(tables.deliveries.ofPacket(row.packetId), row)) {
        tables.packets.setState(row.packetId, 'cancelled');
      }
      oweVoid(tables, {
        to: packet.to,
        folder: row.folder,
        addressee: row.addressee,
        from: packet.sequence,
        through: packet.through,
      });
      cancelled += 1;
    }
    return cancelled;
  });
}

function isOnlyDelivery(all: readonly DeliveryRow[], row: DeliveryRow): boolean {
  return all.every((other) => other.id === row.id || other.state === 'cancelled');
}
