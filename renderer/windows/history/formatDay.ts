import dayjs from 'dayjs';

/** `Saturday, 21 November 2026`, of a local day `2026-11-21`. */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full' }).format(dayjs(day).valueOf());
}

/** `November 2026`, of a month `2026-11`. */
export function formatMonth(month: string): string {
  return new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' }).format(
    dayjs(`${month}-01`).valueOf(),
  );
}

/** `Mon` … `Sun`, and the whole words for readers. */
export function weekdays(): readonly { readonly short: string; readonly long: string }[] {
  const short = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
  const long = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
  // 1 January 2024 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((date) => {
    const ms = dayjs(`2024-01-0${date}`).valueOf();
    return { short: short.format(ms), long: long.format(ms) };
  });
}
