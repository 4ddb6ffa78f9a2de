import type { Column } from '../../../shared/dataset.ts';
import type { EditionRow } from '../editionsTable.ts';
import type { RecordsDb } from '../recordsDb.ts';
import { sqlName, tableOf } from '../rowTable.ts';

/** Below this number of rows, looking at all of them is as quick as an index. */
const smallEdition = 20_000;

/**
 * What a column's values are compared and sorted by: texts as people read them (ASCII case does not count), decimals
 * by their amount (to the 15 digits of a floating-point number).
 */
export function orderOf({ name, type }: Column): string {
  if (type === 'decimal') return `CAST(${sqlName(name)} AS REAL)`;
  if (type === 'text' || type === 'one-of') return `${sqlName(name)} COLLATE NOCASE`;
  return sqlName(name);
}

/**
 * Makes the index that finds and sorts by this column, where it is worth it. Takes about a second for a million rows,
 * once in an edition's life; no reader waits for it.
 */
export function ensureIndex(records: RecordsDb, edition: EditionRow, column: Column): void {
  if (records.isReadOnly || edition.rows < smallEdition) return;
  const index = `${tableOf(edition.number)}_by_${column.name}`;
  const isThere = records.db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(index) !== undefined;
  if (isThere) return;
  records.bulk((db) =>
    db.exec(`CREATE INDEX IF NOT EXISTS "${index}" ON ${tableOf(edition.number)} (${orderOf(column)})`),
  );
  records.settle();
}
