import type { StoreRow } from '../../shared/contract/rows.ts';
import { storeNumberSchema } from '../../shared/sites.ts';
import type { QueueRow, TransmissionRow } from '../../shared/views.ts';

/** Plausible rows for the windows' lists. Times are epoch ms. */

export const noonMs = Date.UTC(2026, 10, 21, 12);
const hourMs = 3_600_000;

export function storeRow(number: string, more: Partial<StoreRow> = {}): StoreRow {
  return {
    name: storeNumberSchema.parse(number),
    label: `Branch ${number}`,
    lastInMs: noonMs - hourMs,
    lastOutMs: noonMs - 2 * hourMs,
    waiting: 0,
    gaps: 0,
    usedBytes: 100_000_000,
    allowanceBytes: 1_000_000_000,
    version: '0.1.0',
    state: 'ok',
    reason: 'Heard of in time.',
    editions: [],
    ...more,
  };
}

export function queueRow(id: number, to: string, more: Partial<QueueRow> = {}): QueueRow {
  const name = to === 'all' || to === 'central' ? to : storeNumberSchema.parse(to);
  const sequence = String(id).padStart(8, '0');
  return {
    id,
    packetId: `packet-${id}`,
    fileName: `central-${to}-${sequence}-k3f9q2m7.tar.zst`,
    to: name,
    folder: to === 'all' || to === 'central' ? to : `stores/${to}`,
    sequence: id,
    kind: 'files',
    state: 'queued',
    sizeBytes: 1000,
    files: 1,
    createdMs: noonMs - hourMs,
    attempts: 0,
    awaiting: [],
    ...more,
  };
}

export function transmissionRow(id: string, more: Partial<TransmissionRow> = {}): TransmissionRow {
  return {
    transmissionId: id,
    mode: 'full',
    startedMs: noonMs - hourMs,
    endedMs: noonMs - hourMs + 5000,
    outcome: 'done',
    ...more,
  };
}

export function transmissionResult(
  more: Partial<NonNullable<TransmissionRow['result']>> = {},
): NonNullable<TransmissionRow['result']> {
  return {
    transmissionId: 'run',
    outcome: 'done',
    startedMs: noonMs - hourMs,
    endedMs: noonMs - hourMs + 5000,
    packed: { packets: 0, files: 0, leftForNextTime: 0 },
    sent: { packets: 0, bytes: 0 },
    received: { packets: 0, files: 0, bytes: 0, rejected: 0, duplicates: 0, waiting: 0 },
    receipts: { sent: 0, received: 0 },
    queue: { queued: 0, skipped: 0 },
    attention: [],
    ...more,
  };
}
