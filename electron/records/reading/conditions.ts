import type { SQLInputValue } from 'node:sqlite';
import type { Column, Dataset } from '../../../shared/dataset.ts';
import type { EditionRow } from '../editionsTable.ts';
import type { RowFilter, RowQuery } from '../records.ts';
import { fix } from '../recordsErrors.ts';
import { sqlName } from '../rowTable.ts';
import type { Stored } from '../values/columnReader.ts';
import { readBoolean } from '../values/readBoolean.ts';
import { readDate } from '../values/readDate.ts';
import { readDecimal } from '../values/readDecimal.ts';
import { readInteger } from '../values/readInteger.ts';
import { orderOf } from './columnOrder.ts';

/** A condition in SQL, with the values for its question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

const plain = { decimalSeparator: '.', thousandsSeparator: '', dateOrder: 'year-month-day' } as const;

/** What a query asks of the rows of one edition; undefined where it asks nothing. Errors: unknown-column, invalid-filter (fix). */
export function conditionOf(
  dataset: Dataset,
  query: Pick<RowQuery, 'search' | 'filters' | 'changedAfterMs'>,
  edition: EditionRow,
): Condition | undefined {
  const parts = [
    ...(query.filters ?? []).map((filter) => filterCondition(dataset, filter)),
    searchCondition(dataset, query.search),
    changedCondition(query.changedAfterMs, edition),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Errors: unknown-column (fix). */
export function columnOf(dataset: Dataset, name: string): Column {
  const column = dataset.columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  throw fix(
    'unknown-column',
    `The dataset ${dataset.name} has no column ${name}.`,
    `Its columns are: ${dataset.columns.map((one) => one.name).join(', ')}.`,
  );
}

/** A value to compare with, in the column's type; undefined where it is none. */
export function comparable(column: Column, written: string): Stored | undefined {
  const text = written.trim();
  switch (column.type) {
    case 'integer':
      return readInteger(text, '');
    case 'decimal': {
      const decimal = readDecimal(text, plain);
      return decimal === undefined ? undefined : Number(decimal);
    }
    case 'date':
      return readDate(text, 'year-month-day');
    case 'boolean':
      return readBoolean(text);
    case 'text':
    case 'one-of':
      return text;
  }
}

function filterCondition(dataset: Dataset, { column: name, operator, value }: RowFilter): Condition {
  const column = columnOf(dataset, name);
  if (operator === 'empty') return { sql: `${sqlName(name)} IS NULL`, values: [] };
  if (operator === 'not-empty') return { sql: `${sqlName(name)} IS NOT NULL`, values: [] };
  if (operator === 'contains') return { sql: like(name), values: [likeText(value)] };
  const wanted = comparable(column, value);
  if (wanted === undefined) {
    throw fix(
      'invalid-filter',
      `"${value}" cannot be compared with the column ${name}, which holds ${typeWords[column.type]}.`,
      'Correct the value, or choose "contains".',
    );
  }
  const order = orderOf(column);
  switch (operator) {
    case 'is':
      return { sql: `${order} = ?`, values: [wanted] };
    case 'is-not':
      return { sql: `${sqlName(name)} IS NULL OR ${order} <> ?`, values: [wanted] };
    case 'at-least':
      return { sql: `${order} >= ?`, values: [wanted] };
    case 'at-most':
      return { sql: `${order} <= ?`, values: [wanted] };
  }
}

const typeWords: Readonly<Record<Column['type'], string>> = {
  text: 'texts',
  'one-of': 'texts',
  integer: 'whole numbers',
  decimal: 'numbers like 12.50',
  date: 'dates like 2026-11-25',
  boolean: 'true or false',
};

function searchCondition({ columns }: Dataset, search: string | undefined): Condition | undefined {
  const text = search?.trim() ?? '';
  if (text === '') return undefined;
  const searched = columns.filter(({ type }) => type !== 'boolean');
  return {
    sql: searched.map(({ name }) => like(name)).join(' OR ') || 'FALSE',
    values: searched.map(() => likeText(text)),
  };
}

function like(name: string): string {
  return `${sqlName(name)} LIKE ? ESCAPE '!'`;
}

function likeText(text: string): string {
  return `%${text.trim().replaceAll(/[!%_]/g, '!$&')}%`;
}

function changedCondition(afterMs: number | undefined, { publishedMs }: EditionRow): Condition | undefined {
  if (afterMs === undefined) return undefined;
  // Rows without a time of their own changed when their edition was published.
  const withEdition = (publishedMs ?? Number.MAX_SAFE_INTEGER) > afterMs;
  return { sql: `_changed_ms > ?${withEdition ? ' OR _changed_ms IS NULL' : ''}`, values: [afterMs] };
}
