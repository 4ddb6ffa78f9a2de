/** Which column orders a table, and how. */
export interface Sorting<Key extends string> {
  readonly key: Key;
  readonly direction: 'asc' | 'desc';
}

/** What a row is ordered by. Undefined goes last, whichever way the order runs. */
export type SortValue = string | number | undefined;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The rows in order: by the values, then by the tie's. Store numbers count as numbers: 9 comes before 10. */
export function sortRows<Row>(
  rows: readonly Row[],
  value: (row: Row) => SortValue,
  direction: 'asc' | 'desc',
  tie: (row: Row) => SortValue,
): Row[] {
  const sign = direction === 'asc' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: value(row), tie: tie(row) }))
    .sort((a, b) => compare(a.value, b.value, sign) || compare(a.tie, b.tie, 1))
    .map(({ row }) => row);
}

/** After a click on a column's heading: the other way round, or the new column from its usual end. */
export function nextSorting<Key extends string>(
  before: Sorting<Key>,
  key: Key,
  usual: 'asc' | 'desc' = 'asc',
): Sorting<Key> {
  if (before.key !== key) return { key, direction: usual };
  return { key, direction: before.direction === 'asc' ? 'desc' : 'asc' };
}

function compare(a: SortValue, b: SortValue, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
}
