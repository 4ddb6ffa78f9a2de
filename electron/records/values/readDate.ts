import type { Parsing } from '../../../shared/dataset.ts';

const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const national = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `YYYY-MM-DD`; undefined where the text is no day of the calendar, or its order is not the one said. */
export function readDate(written: string, order: Parsing['dateOrder']): string | undefined {
  if (isUsualDate(written)) return written;
  const match = iso.exec(written);
  if (match !== null) {
    const [, year = '', month = '', day = ''] = match;
    // Of the mixed forms (2026-1125) only the two that ISO 8601 knows.
    return written.length === 9 ? undefined : calendarDay(year, month, day);
  }
  if (order === 'year-month-day') return undefined;
  const other = national.exec(written);
  if (other === null) return undefined;
  const [, first = '', , second = '', year = ''] = other;
  return order === 'day-month-year' ? calendarDay(year, second, first) : calendarDay(year, first, second);
}

function calendarDay(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const most = monthDays[m - 1];
  if (most === undefined || d < 1 || d > most || y < 1) return undefined;
  const isLeap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  if (m === 2 && d === 29 && !isLeap) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `2026-11-25`, of the days that every month has: what nearly all values are, told without a regular expression. */
function isUsualDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const month = digits(text, 5);
  const day = digits(text, 8);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

/** The number of two digits; far below zero where one is none. */
function digits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : 10 * tens + ones;
}
