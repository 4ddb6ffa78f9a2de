import { describe, expect, test } from 'vitest';
import { matchesSearch } from '../../renderer/parts/table/matchesSearch.ts';
import { nextSorting, sortRows } from '../../renderer/parts/table/sortRows.ts';
import { pageGroups } from '../../renderer/windows/queue/pageGroups.ts';
import { actable, countStates, filterQueue, groupQueue } from '../../renderer/windows/queue/queueGroups.ts';
import { resendRequest } from '../../renderer/windows/queue/resendRequest.ts';
import {
  filterStores,
  sortStores,
  spaceLevel,
  spaceShare,
  summarizeStores,
} from '../../renderer/windows/stores/storeRows.ts';
import { noonMs, queueRow, storeRow } from './sampleRows.ts';

describe('ordering a table', () => {
  const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

  test('takes digits for numbers', () => {
    const rows = ['10', '9', '0100'].map((name) => ({ name }));
    expect(
      names(
        sortRows(
          rows,
          (row) => row.name,
          'asc',
          () => undefined,
        ),
      ),
    ).toEqual(['9', '10', '0100']);
  });

  test.each(['asc', 'desc'] as const)('puts what is unknown last (%s)', (direction) => {
    const rows = [
      { name: 'unknown', at: undefined },
      { name: 'known', at: 1 },
    ];
    expect(
      names(
        sortRows(
          rows,
          (row) => row.at,
          direction,
          () => undefined,
        ),
      ),
    ).toEqual(['known', 'unknown']);
  });

  test('turns round on the second click and begins at the usual end of another column', () => {
    const first = nextSorting<'a' | 'b'>({ key: 'a', direction: 'asc' }, 'b', 'desc');
    expect(first).toEqual({ key: 'b', direction: 'desc' });
    expect(nextSorting(first, 'b', 'desc')).toEqual({ key: 'b', direction: 'asc' });
  });
});

test('a search finds every word in any order, whatever case and accents', () => {
  expect(matchesSearch('delice  0006', '0006', 'Café Délice')).toBe(true);
  expect(matchesSearch('delice 0007', '0006', 'Café Délice')).toBe(false);
  expect(matchesSearch('  ', 'anything')).toBe(true);
});

describe('stores', () => {
  const rows = [
    storeRow('0003'),
    storeRow('0002', { state: 'late', lastInMs: noonMs - 90 * 3_600_000 }),
    storeRow('0001', { state: 'never', lastInMs: undefined, version: '' }),
    storeRow('0010', { state: 'failing', gaps: 2 }),
  ];

  test('stand with the gravest first', () => {
    const sorted = sortStores(rows, { key: 'state', direction: 'asc' });
    expect(sorted.map(({ name }) => name)).toEqual(['0010', '0002', '0001', '0003']);
  });

  test('that were never heard of come last in either order of time', () => {
    for (const direction of ['asc', 'desc'] as const) {
      expect(sortStores(rows, { key: 'lastIn', direction }).at(-1)?.name).toBe('0001');
    }
  });

  test('are filtered by state and words together', () => {
    expect(filterStores(rows, 'late', 'branch').map(({ name }) => name)).toEqual(['0002']);
    expect(filterStores(rows, 'late', '0003')).toEqual([]);
  });

  test('are summed up by state, leaving out what there is none of', () => {
    expect(summarizeStores(rows)).toBe('4 stores: 1 failing, 1 late, 1 never heard of and 1 OK.');
    expect(summarizeStores(rows.slice(0, 1))).toBe('1 store: 1 OK.');
  });

  test('are warned of before their room is used up', () => {
    expect(spaceLevel(0.79)).toBe('fine');
    expect(spaceLevel(0.8)).toBe('tight');
    expect(spaceLevel(1)).toBe('full');
    expect(spaceShare({ usedBytes: 1, allowanceBytes: 0 })).toBe(1);
  });
});

describe('the queue', () => {
  const rows = [
    queueRow(1, '0010'),
    queueRow(2, '0009', { state: 'published' }),
    queueRow(3, '0010', { state: 'skipped' }),
    queueRow(4, 'all'),
    queueRow(5, 'all', { folder: 'stores/0009' }),
  ];

  test('is grouped by addressee, those with something skipped first', () => {
    const groups = groupQueue(rows).map(({ to, rows: inside }) => [to, inside.map(({ id }) => id)]);
    expect(groups).toEqual([
      ['0010', [3, 1]],
      ['0009', [5, 2]],
      ['all', [4]],
    ]);
  });

  test('counts its states', () => {
    expect(countStates(rows)).toEqual({ all: 5, queued: 3, published: 1, skipped: 1 });
  });

  test('is filtered by state and by what was typed', () => {
    expect(filterQueue(rows, 'all', 'store 0009').map(({ id }) => id)).toEqual([2, 5]);
    expect(filterQueue(rows, 'skipped', '').map(({ id }) => id)).toEqual([3]);
  });

  test('keeps the heading of a group that a page cuts in two', () => {
    const groups = groupQueue(rows);
    const second = pageGroups(groups, groups.flatMap((group) => group.rows).slice(1, 3));
    expect(second.map(({ to, shown }) => [to, shown.map(({ id }) => id)])).toEqual([
      ['0010', [1]],
      ['0009', [5]],
    ]);
  });

  test('offers only what can be done with a packet in its state', () => {
    const ids = (act: Parameters<typeof actable>[1]) => actable(rows, act).map(({ id }) => id);
    expect(ids('retry')).toEqual([3]);
    expect(ids('skip')).toEqual([1, 4, 5]);
    expect(ids('cancel')).toEqual([1, 3, 4, 5]);
    expect(ids('resend')).toEqual([2]);
  });
});

describe('a request to send again', () => {
  test('is refused when nothing was typed, so that nobody sends everything by accident', () => {
    expect(resendRequest(' ', '')).toBeUndefined();
  });

  test('names the addressee as the engine knows it', () => {
    expect(resendRequest(' a12 ', '')).toEqual({ kind: 'stream', to: 'A12' });
    expect(resendRequest('Central', '')).toEqual({ kind: 'stream', to: 'central' });
  });

  test('takes a local time', () => {
    const since = new Date(2026, 10, 21, 10, 15).getTime();
    expect(resendRequest('', '2026-11-21T10:15')).toEqual({ kind: 'since', sinceMs: since });
    expect(resendRequest('all', '2026-11-21T10:15')).toEqual({ kind: 'since', sinceMs: since, to: 'all' });
  });
});
