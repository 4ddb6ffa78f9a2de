import { parseLocalTime, toDate } from '../platform/clock.ts';

/** `2026-11-25-23-10-05.csv`; a second one in the same second ends in `-2.csv`. */
const pattern = /^(\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})-(\d{2})(?:-(\d{1,4}))?\.csv$/;

const two = (number: number) => String(number).padStart(2, '0');

/** The local time as names have it: `2026-11-25-23-10-05`. */
function formatStem(ms: number): string {
  const at = toDate(ms);
  const day = [String(at.getFullYear()).padStart(4, '0'), two(at.getMonth() + 1), two(at.getDate())];
  return [...day, two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join('-');
}

/**
 * A name that no file has had: the local time to the second, with a number where that is taken.
 *
 * In the hour that comes twice when summer time ends, a later file may carry a lower name than an earlier one; the
 * number keeps two files from ever having the same.
 */
export function chooseFileName(nowMs: number, taken: ReadonlySet<string>): string {
  const stem = formatStem(nowMs);
  let name = `${stem}.csv`;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${stem}-${number}.csv`;
  return name;
}

/** When a file of ours was made, by its name; undefined for a name that is not ours. */
export function timeOfFileName(name: string): number | undefined {
  const match = pattern.exec(name);
  if (match === null) return undefined;
  const [, day = '', hours = '', minutes = '', seconds = ''] = match;
  return parseLocalTime(`${day} ${hours}:${minutes}:${seconds}`);
}
