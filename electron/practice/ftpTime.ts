import { formatUtc, parseLocalTime } from '../platform/clock.ts';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const halfYearMs = 182 * 86_400_000;

/** `20261121084100.123`. Source: RFC 3659 §2.3. */
export function formatFtpTime(ms: number): string {
  return formatUtc(ms).replace(/[-:TZ]/g, '');
}

/** Epoch milliseconds of `YYYYMMDDHHMMSS[.fff]`, or undefined where it is no such time. */
export function parseFtpTime(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hours, minutes, seconds] = match;
  return parseLocalTime(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
}

/** `Nov 21 08:41`, or `Nov 21  2025` when it is more than half a year away, as `ls -l` shows it, in UTC. */
export function formatListTime(ms: number, nowMs: number): string {
  const iso = formatUtc(ms);
  const monthAndDay = `${monthNames[Number(iso.slice(5, 7)) - 1]} ${iso.slice(8, 10)}`;
  return Math.abs(nowMs - ms) < halfYearMs
    ? `${monthAndDay} ${iso.slice(11, 16)}`
    : `${monthAndDay}  ${iso.slice(0, 4)}`;
}
