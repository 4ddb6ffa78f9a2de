import type { DeliveryState, QueueRow } from '../../../shared/views.ts';
import { matchesSearch } from '../../parts/table/matchesSearch.ts';
import { text } from '../../text/en.ts';

/** The states that a packet in the queue can have. */
export const queueStates = ['skipped', 'queued', 'published'] as const;
export type QueueFilter = (typeof queueStates)[number] | 'all';

export interface QueueGroup {
  readonly to: string;
  readonly rows: readonly QueueRow[];
  readonly skipped: number;
  readonly sizeBytes: number;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Packets by addressee: what waits for a person first, then by number. Inside, in the order of their stream. */
export function groupQueue(rows: readonly QueueRow[]): QueueGroup[] {
  const byAddressee = Map.groupBy(rows, (row) => addresseeOf(row));
  return [...byAddressee]
    .map(([to, packets]) => ({
      to,
      rows: [...packets].sort(
        (a, b) => queueRank(a.state) - queueRank(b.state) || a.sequence - b.sequence || a.id - b.id,
      ),
      skipped: packets.filter((row) => row.state === 'skipped').length,
      sizeBytes: packets.reduce((sum, row) => sum + row.sizeBytes, 0),
    }))
    .sort((a, b) => Math.sign(b.skipped) - Math.sign(a.skipped) || collator.compare(a.to, b.to));
}

/** The rows of a state whose addressee or packet matches what was typed. */
export function filterQueue(rows: readonly QueueRow[], filter: QueueFilter, typed: string): QueueRow[] {
  return rows.filter(
    (row) =>
      (filter === 'all' || row.state === filter) &&
      matchesSearch(typed, text.sites.addressee(addresseeOf(row)), row.fileName),
  );
}

export function countStates(rows: readonly QueueRow[]): Readonly<Record<QueueFilter, number>> {
  const counts = { all: rows.length, skipped: 0, queued: 0, published: 0 };
  for (const { state } of rows) {
    if (state === 'skipped' || state === 'queued' || state === 'published') counts[state] += 1;
  }
  return counts;
}

type QueueAct = 'retry' | 'skip' | 'cancel' | 'resend';

const acts: Readonly<Record<DeliveryState, readonly QueueAct[]>> = {
  skipped: ['retry', 'cancel'],
  queued: ['skip', 'cancel'],
  published: ['resend'],
  answered: [],
  cancelled: [],
};

/** The rows with which this can be done. */
export function actable(rows: readonly QueueRow[], act: QueueAct): QueueRow[] {
  return rows.filter((row) => acts[row.state].includes(act));
}

/** A broadcast that is sent again to one store goes into that store's own folder. */
function addresseeOf(row: QueueRow): string {
  const folder = /^stores\/([^/]+)$/.exec(row.folder)?.[1];
  return row.to === 'all' && folder !== undefined ? folder : row.to;
}

function queueRank(state: DeliveryState): number {
  return state === 'skipped' ? 0 : state === 'queued' ? 1 : 2;
}
