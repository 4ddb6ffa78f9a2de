import type { TransmissionRow } from '../../../shared/views.ts';
import type { Span } from './calendarMonth.ts';

/** Where each page begins: `undefined` is the newest, then the time that the page before ended at. */
export type Cursors = readonly (number | undefined)[];

interface HistoryPage {
  readonly shown: readonly TransmissionRow[];
  /** Where the next, older page begins; undefined when there is none. */
  readonly olderMs: number | undefined;
}

/** A page out of rows of which one more was asked for than it shows. */
export function cutPage(rows: readonly TransmissionRow[], size: number): HistoryPage {
  const shown = rows.slice(0, size);
  return { shown, olderMs: rows.length > size ? shown.at(-1)?.startedMs : undefined };
}

export function withinSpan(rows: readonly TransmissionRow[], span: Span): TransmissionRow[] {
  return rows.filter((row) => row.startedMs >= span.fromMs && row.startedMs <= span.throughMs);
}

/** Whether it counts as partly done or failed in the calendar, where what was broken off counts as failed. */
export function wentWrong({ outcome }: TransmissionRow): boolean {
  return outcome !== 'done' && outcome !== 'running';
}
