import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Records, Row, RowFilter } from '../../electron/records/records.ts';
import type { Cell } from '../../shared/dataset.ts';
import { column, dataset, newRecords, setName } from './recordsFixture.ts';

/** Everything that the database does, done again by a few lines over plain arrays. */

const things = dataset(
  'things',
  [
    { name: 'code', type: 'text' },
    { name: 'part', type: 'integer' },
    { name: 'price', type: 'decimal' },
    { name: 'mail', type: 'text', unique: true },
    { name: 'since', type: 'date' },
    { name: 'good', type: 'boolean' },
  ],
  ['code', 'part'],
);
const names = things.columns.map(({ name }) => name as string);
/** The same without a key: rows are told apart by nothing. */
const loose = dataset(
  'loose',
  things.columns.map((one) => ({ ...one, unique: false })),
);

type Cells = Record<string, string>;

const cells: fc.Arbitrary<Cells> = fc.record({
  code: fc.constantFrom('A', 'B', 'a', 'Ä', ''),
  part: fc.constantFrom('1', '2', '10', 'x'),
  price: fc.constantFrom('1', '1.0', '2.50', '-3', '100', '', '1,5'),
  mail: fc.constantFrom('', '', '', 'ann', 'bob', 'cid', 'Ann'),
  since: fc.constantFrom('2026-01-31', '2025-12-01', '', '2026-02-30'),
  good: fc.constantFrom('yes', 'no', '', 'perhaps'),
});
type Values = Readonly<Record<string, Cell>>;

/** What a valid row is kept as; undefined where a value is wrong. */
function keep(row: Cells, hasKey: boolean): Values | undefined {
  const { code = '', part = '', price = '', mail = '', since = '', good = '' } = row;
  const isWrong =
    part === 'x' ||
    price === '1,5' ||
    since === '2026-02-30' ||
    good === 'perhaps' ||
    (hasKey && code === '');
  if (isWrong) return undefined;
  return {
    code: code || null,
    part: Number(part),
    price: price || null,
    mail: mail || null,
    since: since || null,
    good: good === '' ? null : good === 'yes',
  };
}

const keyOf = ({ code, part }: Values) => JSON.stringify([code, part]);

/** The rows of a file that are accepted, in order. */
function accept(rows: readonly Cells[], hasKey: boolean): Values[] {
  const kept: Values[] = [];
  for (const row of rows) {
    const values = keep(row, hasKey);
    if (values === undefined) continue;
    const isDouble = (other: Values) =>
      keyOf(other) === keyOf(values) || (values['mail'] !== null && other['mail'] === values['mail']);
    if (!hasKey || !kept.some(isDouble)) kept.push(values);
  }
  return kept;
}

function stage(records: Records, of: typeof things, rows: readonly Cells[]): string {
  const staging = records.stage(of.name, setName('default'), 'file', names);
  rows.forEach((row, index) => {
    staging.add(
      index + 2,
      names.map((name) => row[name] ?? ''),
    );
  });
  staging.finish();
  return staging.editionId;
}

const valuesOf = (rows: readonly Row[]) => rows.map(({ values }) => values);
const rowsGiven = fc.array(cells, { maxLength: 25 });

function open() {
  const { records } = newRecords();
  records.addDataset(things);
  records.addDataset(loose);
  return records;
}

describe('beside a model of plain arrays', () => {
  it('an edition has the rows that are valid and no doubles, in order, and each is read as it was written', () => {
    const records = open();
    fc.assert(
      fc.property(rowsGiven, (rows) => {
        const editionId = stage(records, things, rows);
        records.publish(things.name, setName('default'), editionId, 0);
        const expected = accept(rows, true);
        expect(valuesOf([...records.each({ dataset: things.name })])).toEqual(expected);
        const page = records.rows({ dataset: things.name, offset: 2, limit: 3 });
        expect(page.total).toBe(expected.length);
        expect(valuesOf(page.rows)).toEqual(expected.slice(2, 5));
        expect(page.rows.map(({ number }) => number)).toEqual(
          expected.map((_, index) => index + 1).slice(2, 5),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a difference is what differs by the key', () => {
    const records = open();
    fc.assert(
      fc.property(rowsGiven, rowsGiven, (before, after) => {
        const [from, to] = [before, after].map((rows) => {
          const editionId = stage(records, things, rows);
          records.publish(things.name, setName('default'), editionId, 1);
          return editionId;
        });
        if (from === undefined || to === undefined) throw new Error('Two editions were staged.');
        const old = new Map(accept(before, true).map((values) => [keyOf(values), values]));
        const now = new Map(accept(after, true).map((values) => [keyOf(values), values]));
        const added = [...now].filter(([key]) => !old.has(key)).map(([, values]) => values);
        const removed = [...old].filter(([key]) => !now.has(key)).map(([, values]) => values);
        const changed = [...now].filter(
          ([key, values]) => old.has(key) && JSON.stringify(old.get(key)) !== JSON.stringify(values),
        );
        const difference = records.difference(from, to, 100);
        expect([difference.added, difference.changed, difference.removed]).toEqual([
          added.length,
          changed.length,
          removed.length,
        ]);
        const sampled = (kind: string) => difference.samples.filter((sample) => sample.kind === kind);
        expect(sampled('added').map(({ after: row }) => row?.values)).toEqual(added);
        expect(sampled('removed').map(({ before: row }) => row?.values)).toEqual(removed);
        expect(sampled('changed').map((sample) => [sample.before?.values, sample.after?.values])).toEqual(
          changed.map(([key, values]) => [old.get(key), values]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a difference without a key is what one side has more of', () => {
    const records = open();
    fc.assert(
      fc.property(rowsGiven, rowsGiven, (before, after) => {
        const [from, to] = [before, after].map((rows) => {
          const editionId = stage(records, loose, rows);
          records.publish(loose.name, setName('default'), editionId, 1);
          return editionId;
        });
        const surplus = (some: readonly Cells[], others: readonly Cells[]) => {
          const left = accept(others, false).map((values) => JSON.stringify(values));
          return accept(some, false).filter((values) => {
            const at = left.indexOf(JSON.stringify(values));
            if (at >= 0) left.splice(at, 1);
            return at < 0;
          }).length;
        };
        const { added, changed, removed } = records.difference(from, to ?? '', 5);
        expect([added, changed, removed]).toEqual([surplus(after, before), 0, surplus(before, after)]);
      }),
      { numRuns: 40 },
    );
  });

  it('searching, filtering, sorting and paging find what looking at every row finds', () => {
    const records = open();
    const filters = fc.array(
      fc.record({
        column: fc.constantFrom(...names.map(column)),
        operator: fc.constantFrom<RowFilter['operator']>(
          'is',
          'is-not',
          'contains',
          'at-least',
          'at-most',
          'empty',
          'not-empty',
        ),
        value: fc.constantFrom('A', '1', '1.00', '2.5', '2026-01-01', 'true', 'ann', '0'),
      }),
      { maxLength: 2 },
    );
    const query = fc.record({
      search: fc.option(fc.constantFrom('a', 'ANN', '2026', '1', '%', '_', '!', '.5'), { nil: undefined }),
      filters,
      sort: fc.option(
        fc.record({ column: fc.constantFrom(...names.map(column)), descending: fc.boolean() }),
        { nil: undefined },
      ),
      offset: fc.nat(6),
      limit: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(rowsGiven, rowsGiven, query, (rows, others, asked) => {
        const numbered: { set: string; values: Values }[] = [];
        for (const [set, given] of [
          ['default', rows],
          ['other', others],
        ] as const) {
          const staging = records.stage(things.name, setName(set), 'file', names);
          for (const row of given)
            staging.add(
              2,
              names.map((name) => row[name] ?? ''),
            );
          staging.finish();
          records.publish(things.name, setName(set), staging.editionId, 0);
          numbered.push(...accept(given, true).map((values) => ({ set, values })));
        }
        const isComparable = asked.filters.every(canCompare);
        const run = () => records.rows({ dataset: things.name, ...asked });
        if (!isComparable) {
          expect(run).toThrow(expect.objectContaining({ code: 'invalid-filter' }));
          return;
        }
        const found = numbered.filter(
          ({ values }) =>
            asked.filters.every((filter) => passes(values, filter)) && contains(values, asked.search),
        );
        const { sort } = asked;
        if (sort !== undefined) {
          const placed = found.map((row, place) => ({ row, place }));
          const sign = sort.descending ? -1 : 1;
          placed.sort(
            (one, two) =>
              sign *
              (order(one.row.values[sort.column], two.row.values[sort.column], sort.column) ||
                one.place - two.place),
          );
          found.splice(0, found.length, ...placed.map(({ row }) => row));
        }
        const page = run();
        expect(page.total).toBe(found.length);
        expect(page.rows.map(({ set, values }) => ({ set, values }))).toEqual(
          found.slice(asked.offset, asked.offset + asked.limit),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('rows added by hand replace the one with their key, or are the last', () => {
    const records = open();
    let edition = 0;
    fc.assert(
      fc.property(rowsGiven, fc.array(cells, { maxLength: 10 }), (rows, added) => {
        edition += 1;
        const set = setName(`set-${edition}`);
        const staging = records.stage(things.name, set, 'file', names);
        for (const row of rows)
          staging.add(
            2,
            names.map((name) => row[name] ?? ''),
          );
        staging.finish();
        records.publish(things.name, set, staging.editionId, 0);
        const expected = accept(rows, true);
        for (const row of added) {
          const issues = records.add(things.name, set, row);
          const values = keep(row, true);
          const place = values === undefined ? -1 : expected.findIndex((one) => keyOf(one) === keyOf(values));
          const isDouble = expected.some(
            (one, at) => at !== place && values?.['mail'] !== null && one['mail'] === values?.['mail'],
          );
          expect(issues.length > 0).toBe(values === undefined || isDouble);
          if (values === undefined || isDouble) continue;
          if (place >= 0) expected[place] = values;
          else expected.push(values);
        }
        expect(valuesOf([...records.each({ dataset: things.name, set })])).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

/** ASCII letters are the same in both cases, others are not: SQLite's own rule. */
const folded = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function comparable(name: string, text: string): string | number | undefined {
  if (name === 'price') return Number(text) || (text === '0' ? 0 : undefined);
  if (name === 'part') return /^\d+$/.test(text) ? Number(text) : undefined;
  if (name === 'since') return /^\d{4}-/.test(text) ? text : undefined;
  if (name === 'good') return { true: 1, '1': 1, '0': 0 }[text];
  return folded(text);
}

function stored(name: string, cell: Cell | undefined): string | number | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (name === 'price') return Number(cell);
  return typeof cell === 'number' ? cell : folded(cell);
}

const needsNoComparing = new Set(['empty', 'not-empty', 'contains']);
const canCompare = ({ column: name, operator, value }: RowFilter) =>
  needsNoComparing.has(operator) || comparable(name, value) !== undefined;

function passes(values: Values, { column: name, operator, value }: RowFilter): boolean {
  const cell = stored(name, values[name]);
  if (operator === 'empty') return cell === null;
  if (operator === 'not-empty') return cell !== null;
  if (operator === 'contains') return cell !== null && shownAs(name, values[name]).includes(folded(value));
  const wanted = comparable(name, value);
  if (operator === 'is-not') return cell !== wanted;
  if (cell === null || wanted === undefined) return false;
  if (operator === 'is') return cell === wanted;
  return operator === 'at-least' ? cell >= wanted : cell <= wanted;
}

/** What a text search looks at. */
function shownAs(name: string, cell: Cell | undefined): string {
  return name === 'good' ? String(stored(name, cell)) : folded(String(cell ?? ''));
}

function contains(values: Values, search: string | undefined): boolean {
  if (search === undefined) return true;
  return names.some((name) => name !== 'good' && shownAs(name, values[name]).includes(folded(search)));
}

function order(one: Cell | undefined, two: Cell | undefined, name: string): number {
  const [a, b] = [stored(name, one), stored(name, two)];
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return a < b ? -1 : a > b ? 1 : 0;
}
