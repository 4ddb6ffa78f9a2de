import dayjs, { type Dayjs } from 'dayjs';
import type { HistoryDay } from '../../../shared/contract/rows.ts';

/** A month as `2026-11`, a day as `2026-11-21`; both local. */
export interface CalendarDay {
  readonly day: string;
  readonly number: number;
  readonly inMonth: boolean;
  readonly future: boolean;
}

export function monthOf(ms: number): string {
  return dayjs(ms).format('YYYY-MM');
}

export function shiftMonth(month: string, by: number): string {
  return dayjs(`${month}-01`).add(by, 'month').format('YYYY-MM');
}

/** Whether a text is a day that exists, and not some other part of an address. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).format('YYYY-MM-DD') === text;
}

/** The weeks of a month, Monday first, filled up with the days around it. */
export function calendarMonth(month: string, nowMs: number): CalendarDay[][] {
  const start = dayjs(`${month}-01`);
  const first = start.subtract((start.day() + 6) % 7, 'day');
  const today = dayjs(nowMs).startOf('day');
  const weeks: CalendarDay[][] = [];
  let day = first;
  do {
    const week: CalendarDay[] = [];
    for (let at = 0; at < 7; at += 1) {
      week.push({
        day: day.format('YYYY-MM-DD'),
        number: day.date(),
        inMonth: day.isSame(start, 'month'),
        future: day.isAfter(today),
      });
      day = day.add(1, 'day');
    }
    weeks.push(week);
  } while (day.isSame(start, 'month'));
  return weeks;
}

export interface Span {
  readonly fromMs: number;
  readonly throughMs: number;
}

/** A day's first and last millisecond. Days of the clock change have 23 or 25 hours. */
export function daySpan(day: string): Span {
  return spanOf(dayjs(day), 'day');
}

export function monthSpan(month: string): Span {
  return spanOf(dayjs(`${month}-01`), 'month');
}

/** A month cut where the clocks change, so that each part's days have one distance from UTC. */
export function offsetSpans(month: string): (Span & { readonly utcOffsetMinutes: number })[] {
  const spans: (Span & { readonly utcOffsetMinutes: number })[] = [];
  const start = dayjs(`${month}-01`);
  for (let at = 0; at < start.daysInMonth(); at += 1) {
    const day = start.add(at, 'day');
    const span = spanOf(day, 'day');
    // On the day of the change itself, noon decides; the hour before it is the next day's or the last's.
    const utcOffsetMinutes = day.hour(12).utcOffset();
    const last = spans.at(-1);
    if (last?.utcOffsetMinutes === utcOffsetMinutes) {
      spans[spans.length - 1] = { ...last, throughMs: span.throughMs };
    } else spans.push({ ...span, utcOffsetMinutes });
  }
  return spans;
}

/** What a day's colour and sign say: its worst transmission decides. */
export function dayTone(day: Pick<HistoryDay, 'partial' | 'failed'>): 'good' | 'warn' | 'bad' {
  if (day.failed > 0) return 'bad';
  return day.partial > 0 ? 'warn' : 'good';
}

/** Parts of one day that fell into two spans, put together again. */
export function mergeDays(days: readonly HistoryDay[]): ReadonlyMap<string, HistoryDay> {
  const merged = new Map<string, HistoryDay>();
  for (const day of days) {
    const before = merged.get(day.day);
    merged.set(day.day, {
      day: day.day,
      done: day.done + (before?.done ?? 0),
      partial: day.partial + (before?.partial ?? 0),
      failed: day.failed + (before?.failed ?? 0),
    });
  }
  return merged;
}

function spanOf(day: Dayjs, unit: 'day' | 'month'): Span {
  return { fromMs: day.startOf(unit).valueOf(), throughMs: day.endOf(unit).valueOf() };
}
