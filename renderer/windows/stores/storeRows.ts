import type { StoreRow } from '../../../shared/contract/rows.ts';
import type { StateTone } from '../../parts/stateTone.ts';
import { matchesSearch } from '../../parts/table/matchesSearch.ts';
import { type Sorting, type SortValue, sortRows } from '../../parts/table/sortRows.ts';
import { text } from '../../text/en.ts';

type StoreState = StoreRow['state'];
export type StoreFilter = StoreState | 'all';

/** The gravest first. */
export const storeStates: readonly StoreState[] = ['failing', 'late', 'never', 'ok'];

export const storeTones: Readonly<Record<StoreState, StateTone>> = {
  ok: 'good',
  late: 'warn',
  failing: 'bad',
  never: 'idle',
};

export type StoreColumn =
  | 'store'
  | 'state'
  | 'lastIn'
  | 'lastOut'
  | 'waiting'
  | 'gaps'
  | 'space'
  | 'editions'
  | 'version';

const values: Readonly<Record<StoreColumn, (row: StoreRow) => SortValue>> = {
  store: (row) => row.name,
  state: (row) => storeStates.indexOf(row.state),
  lastIn: (row) => row.lastInMs,
  lastOut: (row) => row.lastOutMs,
  waiting: (row) => row.waiting,
  gaps: (row) => row.gaps,
  space: spaceShare,
  editions: (row) => (row.editions.length === 0 ? undefined : setsBehind(row.editions)),
  version: (row) => (row.version === '' ? undefined : row.version),
};

/** Stores in the order asked for; equal ones by number. */
export function sortStores(rows: readonly StoreRow[], sorting: Sorting<StoreColumn>): StoreRow[] {
  return sortRows(rows, values[sorting.key], sorting.direction, (row) => row.name);
}

/** Stores of a state whose number, name or version matches what was typed. */
export function filterStores(rows: readonly StoreRow[], filter: StoreFilter, typed: string): StoreRow[] {
  return rows.filter(
    (row) =>
      (filter === 'all' || row.state === filter) && matchesSearch(typed, row.name, row.label, row.version),
  );
}

export function countStores(rows: readonly StoreRow[]): Readonly<Record<StoreFilter, number>> {
  const counts = { all: rows.length, ok: 0, late: 0, failing: 0, never: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

/** `2,000 stores: 12 failing, 30 late and 1,958 OK.` */
export function summarizeStores(rows: readonly StoreRow[]): string {
  const counts = countStores(rows);
  const parts = storeStates
    .filter((state) => counts[state] > 0)
    .map((state) => text.stores.summaryParts[state](text.common.count(counts[state])));
  return text.stores.summary(rows.length, parts);
}

/** How many of its sets a store does not have as they are published. */
export function setsBehind(editions: StoreRow['editions']): number {
  return editions.filter(({ state }) => state !== 'current').length;
}

/** How much of its room on the server a store uses; 1 is all of it. */
export function spaceShare(row: Pick<StoreRow, 'usedBytes' | 'allowanceBytes'>): number {
  if (row.allowanceBytes <= 0) return row.usedBytes > 0 ? 1 : 0;
  return row.usedBytes / row.allowanceBytes;
}

/** From when on a person should look: with a fifth of the room left there is time to act. */
export function spaceLevel(share: number): 'fine' | 'tight' | 'full' {
  if (share >= 1) return 'full';
  return share >= 0.8 ? 'tight' : 'fine';
}
