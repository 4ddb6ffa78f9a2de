import type { SQLInputValue } from 'node:sqlite';
import type { Dataset, RowIssue, SetName } from '../../shared/dataset.ts';
import { uuidV7 } from '../platform/random.ts';
import { integer } from '../platform/sqlite/sqliteRow.ts';
import type { EditionRow, EditionsTable } from './editionsTable.ts';
import type { RecordsDb } from './recordsDb.ts';
import { createRowTable, ensureKeyIndex, rowColumns, sqlName, tableOf } from './rowTable.ts';
import { duplicateReason } from './staging/uniqueRows.ts';
import type { Stored } from './values/columnReader.ts';
import { type RowReader, shown } from './values/rowReader.ts';

export interface Addition {
  readonly dataset: Dataset;
  readonly set: SetName;
  readonly values: Readonly<Record<string, string>>;
  /** Reads one text for each column of the dataset, in its order. */
  readonly reader: RowReader;
}

/** Adds one row to what is published, or replaces the one with its key; see Records.add. */
export function addRow(records: RecordsDb, editions: EditionsTable, addition: Addition): RowIssue[] {
  const { dataset, set, values, reader } = addition;
  const unknown = Object.keys(values).filter(
    (name) => !dataset.columns.some((column) => column.name === name),
  );
  if (unknown.length > 0) return unknown.map((name) => unknownColumn(dataset, name, values[name] ?? ''));
  const row: Stored[] = [];
  const issues = [
    ...reader.read(
      1,
      dataset.columns.map(({ name }) => values[name] ?? ''),
      row,
      0,
    ),
  ];
  if (issues.some(({ severity }) => severity === 'error')) return issues;
  return records.write(() => {
    const edition = publishedEdition(editions, dataset, set);
    if (edition !== undefined) ensureKeyIndex(records.db, edition.number, dataset);
    const earlier = edition && findByKey(records, dataset, edition, row);
    if (edition !== undefined)
      issues.push(...findDoubles(records, dataset, { edition, row, except: earlier }));
    if (issues.some(({ severity }) => severity === 'error')) return issues;
    const target = edition ?? makeEdition(records, editions, dataset, set);
    put(records, editions, dataset, { edition: target, row, number: earlier });
    return issues;
  });
}

function unknownColumn({ name: dataset, columns }: Dataset, column: string, value: string): RowIssue {
  return {
    severity: 'error',
    line: 1,
    column,
    value: shown(value),
    reason: `The dataset ${dataset} has no such column. Its columns are: ${columns.map(({ name }) => name).join(', ')}.`,
  };
}

function publishedEdition(editions: EditionsTable, { name }: Dataset, set: SetName): EditionRow | undefined {
  return editions.published(name).find((edition) => edition.set === set);
}

function makeEdition(
  records: RecordsDb,
  editions: EditionsTable,
  dataset: Dataset,
  set: SetName,
): EditionRow {
  const nowMs = records.clock.now();
  const editionId = uuidV7(records.random, records.clock);
  const number = editions.insert({
    editionId,
    dataset: dataset.name,
    set,
    source: 'added by hand',
    madeMs: nowMs,
  });
  createRowTable(records.db, number, dataset);
  editions.setPublished(number, nowMs);
  editions.point(dataset.name, set, number);
  const made = editions.byId(editionId);
  if (made === undefined) throw new Error('The edition that was just made is not there.');
  return made;
}

/** The number of the row with the same key. */
function findByKey(
  { db }: RecordsDb,
  dataset: Dataset,
  edition: EditionRow,
  row: readonly Stored[],
): number | undefined {
  if (dataset.key.length === 0) return undefined;
  const condition = dataset.key.map((name) => `${sqlName(name)} = ?`).join(' AND ');
  const found = db
    .prepare(`SELECT _number FROM ${tableOf(edition.number)} WHERE ${condition}`)
    .get(...dataset.key.map((name) => storedOf(dataset, row, name)));
  return found && integer(found, '_number');
}

function storedOf({ columns }: Dataset, row: readonly Stored[], name: string): SQLInputValue {
  return row[columns.findIndex((column) => column.name === name)] ?? null;
}

function findDoubles(
  { db }: RecordsDb,
  dataset: Dataset,
  at: { readonly edition: EditionRow; readonly row: readonly Stored[]; readonly except: number | undefined },
): RowIssue[] {
  return dataset.columns
    .filter(({ unique }) => unique)
    .flatMap((column) => {
      const value = storedOf(dataset, at.row, column.name);
      if (value === null) return [];
      const other = db
        .prepare(
          `SELECT 1 FROM ${tableOf(at.edition.number)} WHERE ${sqlName(column.name)} = ? AND _number <> ? LIMIT 1`,
        )
        .get(value, at.except ?? 0);
      if (other === undefined) return [];
      return [
        {
          severity: column.warnings.includes('unique') ? ('warning' as const) : ('error' as const),
          line: 1,
          column: column.name,
          value: shown(String(value)),
          reason: duplicateReason([column.name]),
        },
      ];
    });
}

function put(
  { db, clock }: RecordsDb,
  editions: EditionsTable,
  dataset: Dataset,
  to: { readonly edition: EditionRow; readonly row: readonly Stored[]; readonly number: number | undefined },
): void {
  const { edition, row } = to;
  const places = row.map(() => '?').join(', ');
  // Numbers have no gaps (readRows.ts relies on it): the next one is the number of rows and one.
  const number = to.number ?? edition.rows + 1;
  db.prepare(
    `INSERT OR REPLACE INTO ${tableOf(edition.number)} (_number, _changed_ms, ${rowColumns(dataset)}) VALUES (?, ?, ${places})`,
  ).run(number, changeTime({ db, clock }, edition), ...row);
  if (to.number === undefined) editions.setRows(edition.number, number);
}

/**
 * A later time than every other change of this edition, and than its publishing, also when the clock was set back:
 * who asks for what changed since a change that he has seen gets all of it, and nothing twice.
 */
function changeTime(
  { db, clock }: Pick<RecordsDb, 'db' | 'clock'>,
  { number, publishedMs }: EditionRow,
): number {
  const table = tableOf(number);
  db.exec(
    `CREATE INDEX IF NOT EXISTS ${table}_changed ON ${table} (_changed_ms) WHERE _changed_ms IS NOT NULL`,
  );
  const last = db
    .prepare(`SELECT max(_changed_ms) AS last FROM ${table} WHERE _changed_ms IS NOT NULL`)
    .get();
  const lastMs = typeof last?.['last'] === 'number' ? last['last'] : 0;
  return Math.max(clock.now(), lastMs + 1, (publishedMs ?? 0) + 1);
}
