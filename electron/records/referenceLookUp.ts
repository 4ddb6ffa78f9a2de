import type { StatementSync } from 'node:sqlite';
import type { Column } from '../../shared/dataset.ts';
import type { DatasetsTable } from './datasetsTable.ts';
import type { EditionsTable } from './editionsTable.ts';
import { ensureIndex, orderOf } from './reading/columnOrder.ts';
import type { RecordsDb } from './recordsDb.ts';
import { sqlName, tableOf } from './rowTable.ts';
import type { Stored } from './values/columnReader.ts';

/** Answers that are remembered: most files name the same few values over and over. */
const mostRemembered = 50_000;

/** Whether a value stands in the published rows that a column refers to; undefined where it refers to none. */
export function referenceLookUp(
  records: RecordsDb,
  editions: EditionsTable,
  datasets: DatasetsTable,
  { reference }: Column,
): ((value: Stored) => boolean) | undefined {
  if (reference === undefined) return undefined;
  const target = datasets.get(reference.dataset)?.columns.find(({ name }) => name === reference.column);
  if (target === undefined) return () => false;
  const name = sqlName(target.name);
  let published = '';
  let statements: StatementSync[] = [];
  const remembered = new Map<Stored, boolean>();

  /** Which editions are published may change while rows come in. */
  const refresh = (): void => {
    const found = editions.published(reference.dataset);
    const now = found.map(({ number }) => number).join();
    if (now === published) return;
    for (const edition of found) ensureIndex(records, edition, target);
    published = now;
    remembered.clear();
    statements = found.map(({ number }) =>
      records.db.prepare(
        `SELECT 1 FROM ${tableOf(number)} WHERE ${orderOf(target)} = ? AND ${name} = ? LIMIT 1`,
      ),
    );
  };

  return (value) => {
    const known = remembered.get(value);
    if (known !== undefined) return known;
    refresh();
    const order = target.type === 'decimal' ? Number(value) : value;
    const isThere = statements.some((statement) => statement.get(order, value) !== undefined);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(value, isThere);
    return isThere;
  };
}
