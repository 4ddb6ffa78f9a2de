import { formatUtc, parseLocalTime } from '../../platform/clock.ts';

/** `20261121084100` or `20261121084100.123`, in UTC. Undefined where it is no such time. Source: RFC 3659 §2.3. */
export function parseTimeValue(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,3})\d*)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '0'] = match;
  const whole = parseLocalTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return whole === undefined ? undefined : whole + Number(fraction.padEnd(3, '0'));
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayMs = 86_400_000;

/**
 * The time in an `ls -l` line (`Nov 21 08:41`, `Nov 21 2025`), taken as UTC. A line without a year means the
 * past twelve months. Undefined for other forms.
 */
export function parseListTime(text: string, nowMs: number): number | undefined {
  const match = /^([A-Za-z]{3})\s+(\d{1,2})\s+(?:(\d{4})|(\d{1,2}):(\d\d))$/.exec(text);
  if (match === null) return undefined;
  const [, monthName = '', day = '', year, hour = '00', minute = '00'] = match;
  const month = months.indexOf(monthName.toLowerCase()) + 1;
  const at = (inYear: number) => {
    const date = `${String(inYear).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
    return parseLocalTime(`${date}T${twoDigits(hour)}:${minute}:00Z`);
  };
  if (year !== undefined) return at(Number(year));
  const thisYear = Number(formatUtc(nowMs).slice(0, 4));
  const recent = at(thisYear);
  // A day's tolerance: the server's clock or zone may be ahead.
  return recent !== undefined && recent <= nowMs + dayMs ? recent : at(thisYear - 1);
}

function twoDigits(number: string | number): string {
  return String(number).padStart(2, '0');
}
