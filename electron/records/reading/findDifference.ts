import type { DatabaseSync } from 'node:sqlite';
import type { Dataset } from '../../../shared/dataset.ts';
import { integer, optionalInteger } from '../../platform/sqlite/sqliteRow.ts';
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
  // One walk over the new rows, each with the old one of its key; only those that differ come out.
  const walk = db.prepare(
    `SELECT after._number AS new, before._number AS old
     FROM ${tableOf(to.number)} AS after LEFT JOIN ${tableOf(from.number)} AS before ON ${same}
     WHERE before._number IS NULL OR ${differs} ORDER BY after._number`,
  );
  const found = { added: noPairs(), changed: noPairs() };
  for (const row of walk.iterate()) {
    const old = optionalInteger(row, 'old');
    const kind = found[old === undefined ? 'added' : 'changed'];
    kind.count += 1;
    if (kind.first.length < samples) kind.first.push({ old, new: integer(row, 'new') });
  }
  // Keys are unique in both: what is not new stands in both.
  const removed = from.rows - (to.rows - found.added.count);
  const gone =
    removed === 0
      ? []
      : db
          .prepare(
            `SELECT before._number AS old FROM ${tableOf(from.number)} AS before
             LEFT JOIN ${tableOf(to.number)} AS after ON ${same}
             WHERE after._number IS NULL ORDER BY before._number LIMIT ?`,
          )
          .all(samples)
          .map((row) => ({ old: integer(row, 'old'), new: undefined }));
  const sample = (kind: Sample['kind']) => (numbers: Numbers) => ({
    kind,
    before: readNumber(db, dataset, from, numbers.old),
    after: readNumber(db, dataset, to, numbers.new),
  });
  return {
    added: found.added.count,
    changed: found.changed.count,
    removed,
    samples: [
      ...found.added.first.map(sample('added')),
      ...found.changed.first.map(sample('changed')),
      ...gone.map(sample('removed')),
    ],
  };
}

type Sample = Difference['samples'][number];

/** A row before and after, by its number in either edition. */
interface Numbers {
  readonly old: number | undefined;
  readonly new: number | undefined;
}

function noPairs(): { count: number; readonly first: Numbers[] } {
  return { count: 0, first: [] };
}

function readNumber(
  db: DatabaseSync,
  dataset: Dataset,
  edition: EditionRow,
  number: number | undefined,
): Row | undefined {
  if (number === undefined) return undefined;
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
