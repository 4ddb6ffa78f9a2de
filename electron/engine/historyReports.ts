import type { HistoryDay, HistoryFile } from '../../shared/contract/rows.ts';
import type { TransmissionRow } from '../../shared/views.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { formatUtc } from '../platform/clock.ts';
import { csvText } from '../platform/csv/csvText.ts';

const dayMs = 86_400_000;

/** One entry for each local day with a transmission. */
export function historyDays(
  ledger: Ledger,
  fromMs: number,
  throughMs: number,
  utcOffsetMinutes: number,
): HistoryDay[] {
  const rows = ledger.read((tables) => tables.reports.days(fromMs, throughMs, utcOffsetMinutes * 60_000));
  const days = new Map<string, HistoryDay>();
  for (const { day: number, outcome, count } of rows) {
    const day = formatUtc(number * dayMs).slice(0, 10);
    const entry = days.get(day) ?? { day, done: 0, partial: 0, failed: 0 };
    if (outcome === 'done') entry.done += count;
    else if (outcome === 'partial') entry.partial += count;
    else if (outcome !== 'running') entry.failed += count;
    days.set(day, entry);
  }
  return [...days.values()];
}

/** "Where did this file go?", newest first. */
export function historyFiles(ledger: Ledger, text: string, limit: number): HistoryFile[] {
  const { sent, received } = ledger.read((tables) => ({
    sent: tables.reports.sentFiles(text, limit),
    received: tables.reports.receivedFiles(text, limit),
  }));
  return [
    ...sent.map((file) => ({ direction: 'sent' as const, ...file })),
    ...received.map((file) => ({ direction: 'received' as const, ...file })),
  ]
    .sort((a, b) => b.atMs - a.atMs)
    .slice(0, limit);
}

/** The transmissions as CSV, newest first. Times are UTC. */
export function historyCsv(rows: readonly TransmissionRow[]): string {
  const head = [
    'started',
    'ended',
    'mode',
    'outcome',
    'files packed',
    'packets sent',
    'bytes sent',
    'packets received',
    'files received',
    'rejected',
    'error',
  ];
  const lines = rows.map(({ startedMs, endedMs, mode, outcome, result }) => [
    formatUtc(startedMs),
    endedMs === undefined ? '' : formatUtc(endedMs),
    mode,
    outcome,
    result?.packed.files ?? 0,
    result?.sent.packets ?? 0,
    result?.sent.bytes ?? 0,
    result?.received.packets ?? 0,
    result?.received.files ?? 0,
    result?.received.rejected ?? 0,
    result?.error?.message ?? '',
  ]);
  return csvText([head, ...lines], 'neutralise');
}
