import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  calendarMonth,
  daySpan,
  dayTone,
  isDay,
  mergeDays,
  offsetSpans,
  shiftMonth,
} from '../../renderer/windows/history/calendarMonth.ts';
import { cutPage, wentWrong, withinSpan } from '../../renderer/windows/history/historyPages.ts';
import { readMonth } from '../../renderer/windows/history/readMonth.ts';
import { FakeClient } from './fakeClient.ts';
import { noonMs, transmissionRow } from './sampleRows.ts';

const hourMs = 3_600_000;
const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Europe/Amsterdam';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('the calendar', () => {
  test('shows whole weeks from Monday, with each day of the month once', () => {
    const weeks = calendarMonth('2026-11', noonMs);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks[0]?.[0]?.day).toBe('2026-10-26');
    const days = weeks.flat().filter(({ inMonth }) => inMonth);
    expect(days.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  });

  test('begins without an empty week when the month begins on a Monday', () => {
    expect(calendarMonth('2026-06', noonMs)[0]?.[0]).toMatchObject({ day: '2026-06-01', inMonth: true });
  });

  test('knows which days are still to come', () => {
    const days = calendarMonth('2026-11', noonMs).flat();
    expect(days.find(({ day }) => day === '2026-11-21')?.future).toBe(false);
    expect(days.find(({ day }) => day === '2026-11-22')?.future).toBe(true);
  });

  test('goes over the turn of the year', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01');
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
  });

  test('gives the day on which the clocks change its 25 hours', () => {
    const { fromMs, throughMs } = daySpan('2026-10-25');
    expect(throughMs + 1 - fromMs).toBe(25 * hourMs);
  });

  test('asks for the days before and after a change of the clocks by their own distance from UTC', () => {
    const spans = offsetSpans('2026-10');
    expect(spans.map(({ utcOffsetMinutes }) => utcOffsetMinutes)).toEqual([120, 60]);
    expect(spans[1]?.fromMs).toBe((spans[0]?.throughMs ?? 0) + 1);
    expect(offsetSpans('2026-11')).toHaveLength(1);
  });

  test('lets the worst transmission of a day decide its colour', () => {
    expect(dayTone({ partial: 0, failed: 0 })).toBe('good');
    expect(dayTone({ partial: 1, failed: 0 })).toBe('warn');
    expect(dayTone({ partial: 1, failed: 1 })).toBe('bad');
  });

  test('adds up what two spans say of one day', () => {
    const day = { day: '2026-10-25', done: 1, partial: 0, failed: 1 };
    expect(mergeDays([day, day]).get(day.day)).toEqual({ ...day, done: 2, failed: 2 });
  });

  test('takes only real days from the address', () => {
    expect(isDay('2026-11-21')).toBe(true);
    expect(isDay('2026-02-31')).toBe(false);
    expect(isDay('today')).toBe(false);
  });

  test('passes on why a month cannot be read', async () => {
    const refuse = { code: 'engine-lost', class: 'retry', message: 'Away.', advice: '' } as const;
    const answer = await readMonth(new FakeClient({ 'history.days': () => ({ refuse }) }), '2026-10');
    expect(answer).toEqual({ ok: false, error: refuse });
  });
});

describe('a page of history', () => {
  const rows = [0, 1, 2].map((at) => transmissionRow(`${at}`, { startedMs: noonMs - at * hourMs }));

  test('leads to an older one only when there are more rows than it shows', () => {
    expect(cutPage(rows, 3).olderMs).toBeUndefined();
    const { shown, olderMs } = cutPage(rows, 2);
    expect(shown).toHaveLength(2);
    expect(olderMs).toBe(noonMs - hourMs);
  });

  test('keeps to its day, also while the rows of another day are still there', () => {
    const kept = withinSpan(rows, { fromMs: noonMs - 2 * hourMs, throughMs: noonMs - 1 });
    expect(kept.map(({ transmissionId }) => transmissionId)).toEqual(['1', '2']);
  });

  test('shows alone what did not go well', () => {
    const outcomes = ['done', 'partial', 'failed', 'cancelled', 'running', 'interrupted'] as const;
    const wrong = outcomes.filter((outcome) => wentWrong(transmissionRow('x', { outcome })));
    expect(wrong).toEqual(['partial', 'failed', 'cancelled', 'interrupted']);
  });
});
