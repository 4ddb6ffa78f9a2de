import type { DatabaseSync } from 'node:sqlite';
import type { Dataset } from '../../../shared/dataset.ts';
import { integer } from '../../platform/sqlite/sqliteRow.ts';
import type { EditionRow } from '../editionsTable.ts';
import type { Difference, Row } from '../records.ts';
import { rowColumns, type SqlRow, sqlName, tableOf } from '../rowTable.ts';
import { rowOf } from './readRows.ts';

interface Pair {
  readonly db: DatabaseSync;
  readonly dataset: Dataset;
  readonly from: EditionRow;
  readonly to: EditionRow;
}

/** What putting `to` in place of `from` changes. Rows of a dataset without a key are added or removed, never changed. */
export function findDifference(pair: Pair, samples: number): Difference {
  return pair.dataset.key.length === 0 ? byWholeRow(pair, samples) : byKey(pair, samples);
}

/** Everything is new. */
export function allAdded({ db, dataset, to }: Omit<Pair, 'from'>, samples: number): Difference {
  const rows = db
    .prepare(
      `SELECT _number, _changed_ms, ${rowColumns(dataset)} FROM ${tableOf(to.number)} ORDER BY _number LIMIT ?`,
    )
    .all(samples);
  return {
    added: to.rows,
    changed: 0,
    removed: 0,
    samples: rows.map((row) => ({ kind: 'added', before: undefined, after: rowOf(dataset, to, row) })),
  };
}

function byKey(pair: Pair, samples: number): Difference {
  const { db, dataset, from, to } = pair;
  const same = dataset.key.map((name) => `before.${sqlName(name)} = after.${sqlName(name)}`).join(' AND ');
  const rest = dataset.columns.filter(({ name }) => !dataset.key.includes(name));
  const differs =
    rest.map(({ name }) => `before.${sqlName(name)} IS NOT after.${sqlName(name)}`).join(' OR ') || 'FALSE';
  const joined = `${tableOf(to.number)} AS after LEFT JOIN ${tableOf(from.number)} AS before ON ${same}`;
  const isNew = 'before._number IS NULL';
  const isChanged = `before._number IS NOT NULL AND (${differs})`;
  const counts =
    db
      .prepare(
        `SELECT coalesce(sum(${isNew}), 0) AS added, coalesce(sum(${isChanged}), 0) AS changed FROM ${joined}`,
      )
      .get() ?? {};
  const added = integer(counts, 'added');
  const changed = integer(counts, 'changed');
  // Keys are unique in both: what is not new stands in both.
  const removed = from.rows - (to.rows - added);

  const numbers = (sql: string) => db.prepare(`${sql} LIMIT ?`).all(samples);
  const row = (edition: EditionRow, number: number) => readNumber(db, dataset, edition, number);
  const found = (wanted: number, sql: string) => (wanted === 0 ? [] : numbers(sql));
  return {
    added,
    changed,
    removed,
    samples: [
      ...found(added, `SELECT after._number AS n FROM ${joined} WHERE ${isNew} ORDER BY after._number`).map(
        (one) => ({ kind: 'added' as const, before: undefined, after: row(to, integer(one, 'n')) }),
      ),
      ...found(
        changed,
        `SELECT before._number AS b, after._number AS n FROM ${joined} WHERE ${isChanged} ORDER BY after._number`,
      ).map((one) => ({
        kind: 'changed' as const,
        before: row(from, integer(one, 'b')),
        after: row(to, integer(one, 'n')),
      })),
      ...found(
        removed,
        `SELECT before._number AS b FROM ${tableOf(from.number)} AS before LEFT JOIN ${tableOf(to.number)} AS after ON ${same}
         WHERE after._number IS NULL ORDER BY before._number`,
      ).map((one) => ({ kind: 'removed' as const, before: row(from, integer(one, 'b')), after: undefined })),
    ],
  };
}

function readNumber(
  db: DatabaseSync,
  dataset: Dataset,
  edition: EditionRow,
  number: number,
): Row | undefined {
  const row = db
    .prepare(
      `SELECT _number, _changed_ms, ${rowColumns(dataset)} FROM ${tableOf(edition.number)} WHERE _number = ?`,
    )
    .get(number);
  return row && rowOf(dataset, edition, row);
}

/** Equal rows are counted on both sides: what one side has more of was added or removed. */
function byWholeRow({ db, dataset, from, to }: Pair, samples: number): Difference {
  const columns = rowColumns(dataset);
  const surplus = `
    SELECT sum(_side) AS _surplus, max(_number) AS _number, NULL AS _changed_ms, ${columns} FROM (
      SELECT 1 AS _side, _number, ${columns} FROM ${tableOf(to.number)}
      UNION ALL SELECT -1 AS _side, _number, ${columns} FROM ${tableOf(from.number)}
    ) GROUP BY ${columns} HAVING sum(_side) <> 0`;
  const counts =
    db
      .prepare(
        `SELECT coalesce(sum(max(_surplus, 0)), 0) AS added, coalesce(sum(max(-_surplus, 0)), 0) AS removed FROM (${surplus})`,
      )
      .get() ?? {};
  const sample = (condition: string): SqlRow[] =>
    db.prepare(`SELECT * FROM (${surplus}) WHERE ${condition} ORDER BY _number LIMIT ?`).all(samples);
  return {
    added: integer(counts, 'added'),
    changed: 0,
    removed: integer(counts, 'removed'),
    samples: [
      ...sample('_surplus > 0').map((row) => ({
        kind: 'added' as const,
        before: undefined,
        after: rowOf(dataset, to, row),
      })),
      ...sample('_surplus < 0').map((row) => ({
        kind: 'removed' as const,
        before: rowOf(dataset, from, row),
        after: undefined,
      })),
    ],
  };
}
