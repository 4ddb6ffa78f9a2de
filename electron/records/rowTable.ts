import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Cell, Column, Dataset, SetName } from '../../shared/dataset.ts';
import { integer } from '../platform/sqlite/sqliteRow.ts';
import type { Row } from './records.ts';

/** The table of an edition's rows. */
export function tableOf(number: number): string {
  return `rows_${number}`;
}

/** A column's name in SQL. Column names have lower-case letters, digits, "-" and "_" only. */
export function sqlName(column: string): string {
  return `"${column}"`;
}

const sqlTypes: Readonly<Record<Column['type'], string>> = {
  text: 'TEXT',
  'one-of': 'TEXT',
  date: 'TEXT',
  decimal: 'TEXT',
  integer: 'INTEGER',
  boolean: 'INTEGER',
};

/** Makes an edition's table. Names with "_" before them are Branchline's: no dataset's column begins so. */
export function createRowTable(db: DatabaseSync, number: number, dataset: Dataset): void {
  const columns = [
    '_number INTEGER NOT NULL PRIMARY KEY -- place in its edition, from 1',
    '_changed_ms INTEGER -- when it was added or changed by itself; null: with its edition',
    ...dataset.columns.map(
      ({ name, title, type }) => `${sqlName(name)} ${sqlTypes[type]} -- ${type}${oneLine(title)}`,
    ),
  ].map((line, index, all) => (index === all.length - 1 ? line : line.replace(' -- ', ', -- ')));
  db.exec(`CREATE TABLE ${tableOf(number)} (\n  ${columns.join('\n  ')}\n) STRICT`);
}

function oneLine(title: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break would end the comment.
  const text = title.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
  return text === '' ? '' : `: ${text}`;
}

/**
 * Makes the index by which a row is found by its key, where the dataset has one and the index is not there yet. Staging
 * knows that keys are unique and does without: for a million rows it takes a second, which only comparing and adding
 * need.
 */
export function ensureKeyIndex(db: DatabaseSync, number: number, { key }: Dataset): void {
  if (key.length === 0) return;
  db.exec(
    `CREATE UNIQUE INDEX IF NOT EXISTS ${tableOf(number)}_key ON ${tableOf(number)} (${key.map(sqlName).join(', ')})`,
  );
}

/** What reads a row: its columns after `_set`, `_number`, `_changed_ms`. */
export function rowColumns(dataset: Dataset): string {
  return dataset.columns.map(({ name }) => sqlName(name)).join(', ');
}

export type SqlRow = Record<string, SQLOutputValue>;

/** A row as people of the interface see it. */
export function readRow(dataset: Dataset, set: SetName, publishedMs: number, row: SqlRow): Row {
  const values: Record<string, Cell> = {};
  for (const { name, type } of dataset.columns) values[name] = readCell(type, row[name]);
  return {
    set,
    number: integer(row, '_number'),
    changedMs: typeof row['_changed_ms'] === 'number' ? row['_changed_ms'] : publishedMs,
    values,
  };
}

function readCell(type: Column['type'], value: SQLOutputValue | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === 1;
  return typeof value === 'number' ? value : String(value);
}
