import type { TransmissionRow } from '../../shared/views.ts';
import { text } from '../text/en.ts';
import type { StateTone } from './stateTone.ts';

/** What a transmission's outcome means, as colour and sign. */
export const outcomeTones: Readonly<Record<TransmissionRow['outcome'], StateTone>> = {
  done: 'good',
  partial: 'warn',
  failed: 'bad',
  cancelled: 'idle',
  running: 'busy',
  interrupted: 'warn',
};

/** What happened in a transmission, in a sentence or two. */
export function describeResult(row: TransmissionRow): string {
  const { result } = row;
  if (result === undefined) {
    if (row.outcome === 'interrupted') return text.runs.interrupted;
    return row.outcome === 'running' ? '' : text.runs.noResult;
  }
  const moved = {
    sentPackets: result.sent.packets,
    receivedPackets: result.received.packets,
    receivedFiles: result.received.files,
  };
  const nothing = moved.sentPackets + moved.receivedPackets === 0;
  return [
    ...(result.error === undefined ? [] : [result.error.message]),
    ...(result.error !== undefined && nothing ? [] : [text.runs.moved(moved)]),
    ...(result.received.rejected === 0 ? [] : [text.runs.rejected(result.received.rejected)]),
    ...(result.queue.skipped === 0 ? [] : [text.runs.skipped(result.queue.skipped)]),
  ].join(' ');
}
