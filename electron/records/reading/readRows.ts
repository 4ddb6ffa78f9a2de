import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Dataset } from '../../../shared/dataset.ts';
import { integer } from '../../platform/sqlite/sqliteRow.ts';
import type { EditionRow, EditionsTable } from '../editionsTable.ts';
import type { Row, RowPage, RowQuery, RowsAfter } from '../records.ts';
import type { RecordsDb } from '../recordsDb.ts';
import { fix } from '../recordsErrors.ts';
import { readRow, rowColumns, type SqlRow, tableOf } from '../rowTable.ts';
import { ensureIndex, orderOf } from './columnOrder.ts';
import { type Condition, columnOf, conditionOf } from './conditions.ts';
import type { CountCache } from './countCache.ts';

/** SQLite sorts over this many tables at once. */
const mostSortedSets = 400;
/** Rows with long values come a few at a time. */
const mostCharacters = 2_000_000;

export interface ReadingParts {
  readonly records: RecordsDb;
  readonly editions: EditionsTable;
  readonly counts: CountCache;
}

/** What a query reads of one edition. */
interface Part {
  readonly edition: EditionRow;
  readonly where: string;
  readonly values: readonly SQLInputValue[];
  /** True where it reads all rows. */
  readonly isWhole: boolean;
}

/** The editions that a query is about. Errors: edition-gone (fix). */
export function editionsOf(
  editions: EditionsTable,
  { dataset, set, editionId }: Pick<RowQuery, 'dataset' | 'set' | 'editionId'>,
): EditionRow[] {
  if (editionId === undefined) {
    return editions.published(dataset).filter((edition) => set === undefined || edition.set === set);
  }
  const edition = editions.byId(editionId);
  if (edition === undefined || edition.dataset !== dataset || edition.state === 'dropping')
    throw editionGone();
  return [edition];
}

export function editionGone(): Error {
  return fix(
    'edition-gone',
    'This edition is not there any more.',
    'Choose another one: only the newest editions of a set are kept.',
  );
}

/** One page of rows, and how many there are. */
export function readPage(
  { records, editions, counts }: ReadingParts,
  dataset: Dataset,
  query: RowQuery,
): RowPage {
  const { offset = 0, limit = 100, sort } = query;
  const sorted = sort && { column: columnOf(dataset, sort.column), descending: sort.descending };
  if (sorted !== undefined) {
    for (const edition of editionsOf(editions, query)) ensureIndex(records, edition, sorted.column);
  }
  return records.read(() => {
    const parts = partsOf(dataset, editionsOf(editions, query), query);
    const sizes = parts.map((part) => counts.count(part.edition, part, () => countPart(records.db, part)));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (limit === 0 || offset >= total) return { rows: [], total };
    const rows =
      sorted === undefined
        ? pageInOrder(records.db, dataset, parts, { sizes, offset, limit })
        : pageSorted(records.db, dataset, parts, { ...sorted, offset, limit });
    return { rows, total };
  });
}

/** The next rows of an edition, bounded by number and size. */
export function readAfter(
  { records, editions }: Pick<ReadingParts, 'records' | 'editions'>,
  dataset: Dataset,
  query: RowsAfter,
): { readonly rows: readonly Row[]; readonly isLast: boolean } {
  return records.read(() => {
    const rows: Row[] = [];
    let characters = 0;
    for (const part of partsOf(dataset, editionsOf(editions, query), query)) {
      const found = records.db
        .prepare(`${selectOf(dataset, part)} AND _number > ? ORDER BY _number LIMIT ?`)
        .iterate(...part.values, query.number, query.limit);
      for (const row of found) {
        rows.push(rowOf(dataset, part.edition, row));
        for (const value of Object.values(row)) if (typeof value === 'string') characters += value.length;
        if (characters > mostCharacters) return { rows, isLast: false };
      }
    }
    return { rows, isLast: rows.length < query.limit };
  });
}

/** All matching rows, in file order, set by set, from a view of its own. */
export function* readEach(
  {
    records,
    editions,
  }: Pick<ReadingParts, 'records'> & { readonly editions: (db: DatabaseSync) => EditionsTable },
  dataset: Dataset,
  query: Omit<RowQuery, 'offset' | 'limit' | 'sort'>,
): Generator<Row> {
  const db = records.reader();
  try {
    db.exec('BEGIN');
    for (const part of partsOf(dataset, editionsOf(editions(db), query), query)) {
      const statement = db.prepare(`${selectOf(dataset, part)} ORDER BY _number`);
      for (const row of statement.iterate(...part.values)) yield rowOf(dataset, part.edition, row);
    }
  } finally {
    db.close();
  }
}

export function rowOf(dataset: Dataset, edition: EditionRow, row: SqlRow): Row {
  return readRow(dataset, edition.set, edition.publishedMs ?? edition.madeMs, row);
}

function partsOf(
  dataset: Dataset,
  editions: readonly EditionRow[],
  query: Pick<RowQuery, 'search' | 'filters' | 'changedAfterMs'>,
): Part[] {
  return editions.map((edition) => {
    const condition: Condition | undefined = conditionOf(dataset, query, edition);
    return {
      edition,
      where: condition?.sql ?? 'TRUE',
      values: condition?.values ?? [],
      isWhole: condition === undefined,
    };
  });
}

function selectOf(dataset: Dataset, { edition, where }: Part): string {
  return `SELECT _number, _changed_ms, ${rowColumns(dataset)} FROM ${tableOf(edition.number)} WHERE ${where}`;
}

function countPart(db: DatabaseSync, { edition, where, values, isWhole }: Part): number {
  if (isWhole) return edition.rows;
  const row = db
    .prepare(`SELECT count(*) AS size FROM ${tableOf(edition.number)} WHERE ${where}`)
    .get(...values);
  return integer(row ?? {}, 'size');
}

/** File order, set after set. */
function pageInOrder(
  db: DatabaseSync,
  dataset: Dataset,
  parts: readonly Part[],
  page: { readonly sizes: readonly number[]; readonly offset: number; readonly limit: number },
): Row[] {
  const rows: Row[] = [];
  let skip = page.offset;
  for (const [index, part] of parts.entries()) {
    const size = page.sizes[index] ?? 0;
    const wanted = page.limit - rows.length;
    if (wanted === 0) break;
    if (skip >= size) {
      skip -= size;
      continue;
    }
    // Row numbers have no gaps: a page of a whole edition is found at once, however far back it lies.
    const found = part.isWhole
      ? db.prepare(`${selectOf(dataset, part)} AND _number > ? ORDER BY _number LIMIT ?`).all(skip, wanted)
      : db
          .prepare(`${selectOf(dataset, part)} ORDER BY _number LIMIT ? OFFSET ?`)
          .all(...part.values, wanted, skip);
    rows.push(...found.map((row) => rowOf(dataset, part.edition, row)));
    skip = 0;
  }
  return rows;
}

function pageSorted(
  db: DatabaseSync,
  dataset: Dataset,
  parts: readonly Part[],
  sort: {
    readonly column: Dataset['columns'][number];
    readonly descending: boolean;
    readonly offset: number;
    readonly limit: number;
  },
): Row[] {
  if (parts.length > mostSortedSets) {
    throw fix(
      'too-many-sets',
      `Rows of more than ${mostSortedSets} sets cannot be sorted together.`,
      'Choose a set.',
    );
  }
  const way = sort.descending ? 'DESC' : 'ASC';
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    return db
      .prepare(
        `${selectOf(dataset, only)} ORDER BY ${orderOf(sort.column)} ${way}, _number ${way} LIMIT ? OFFSET ?`,
      )
      .all(...only.values, sort.limit, sort.offset)
      .map((row) => rowOf(dataset, only.edition, row));
  }
  const union = parts.map(
    ({ edition, where }, index) =>
      `SELECT ${index} AS _part, ${orderOf(sort.column)} AS _order, _number, _changed_ms, ${rowColumns(dataset)} FROM ${tableOf(edition.number)} WHERE ${where}`,
  );
  return db
    .prepare(
      `${union.join(' UNION ALL ')} ORDER BY _order ${way}, _part ${way}, _number ${way} LIMIT ? OFFSET ?`,
    )
    .all(...parts.flatMap(({ values }) => values), sort.limit, sort.offset)
    .flatMap((row) => {
      const part = parts[integer(row, '_part')];
      return part === undefined ? [] : [rowOf(dataset, part.edition, row)];
    });
}
