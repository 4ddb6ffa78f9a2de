import type { Dataset } from '../../../shared/dataset.ts';
import type { Row } from '../records.ts';
import { rowColumns, tableOf } from '../rowTable.ts';
import { ensureIndex, orderOf } from './columnOrder.ts';
import { columnOf, comparable } from './conditions.ts';
import { type ReadingParts, rowOf } from './readRows.ts';

/** Published rows, of all sets, whose column has this value. Errors: unknown-column (fix). */
export function findRows(
  { records, editions }: ReadingParts,
  dataset: Dataset,
  wanted: { readonly column: string; readonly value: string; readonly limit: number },
): Row[] {
  const column = columnOf(dataset, wanted.column);
  const value = comparable(column, wanted.value);
  if (value === undefined || value === null || value === '') return [];
  for (const edition of editions.published(dataset.name)) ensureIndex(records, edition, column);
  // SQLite folds the case of ASCII letters only; the other two spellings help the rest.
  const spellings =
    typeof value === 'string' ? [...new Set([value, value.toLowerCase(), value.toUpperCase()])] : [value];
  return records.read(() => {
    const rows: Row[] = [];
    for (const edition of editions.published(dataset.name)) {
      const found = records.db
        .prepare(
          `SELECT _number, _changed_ms, ${rowColumns(dataset)} FROM ${tableOf(edition.number)}
           WHERE ${orderOf(column)} IN (${spellings.map(() => '?').join(', ')}) ORDER BY _number LIMIT ?`,
        )
        .all(...spellings, wanted.limit - rows.length);
      rows.push(...found.map((row) => rowOf(dataset, edition, row)));
      if (rows.length >= wanted.limit) break;
    }
    return rows;
  });
}
