import dayjs from 'dayjs';

/** `21 Nov 2026, 10:15` in the person's own language and zone. */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** `10:15` today, otherwise the whole. */
export function formatTimeShort(ms: number, nowMs: number): string {
  return dayjs(ms).isSame(dayjs(nowMs), 'day')
    ? new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(ms)
    : formatTime(ms);
}

/** `10:15:07`, for lines that follow each other within minutes. */
export function formatClock(ms: number): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(ms);
}

/** `Saturday, 21 November 2026 at 10:15:07 Central European Standard Time`, for the hover. */
export function formatTimeWithZone(ms: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'full' }).format(ms);
}

/** What a machine reads: ISO 8601, UTC. */
export function isoTime(ms: number): string {
  return dayjs(ms).toISOString();
}

/** `3 min`, `2 h 5 min`, `45 s`: how long something takes. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `in 5 minutes`, `2 hours ago`. */
export function formatAgo(ms: number, nowMs: number): string {
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const seconds = Math.round((ms - nowMs) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3600) return format.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.round(seconds / 3600), 'hour');
  return format.format(Math.round(seconds / 86_400), 'day');
}
