import type { SQLOutputValue } from 'node:sqlite';

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>;

function unexpected(column: string, value: SQLOutputValue | undefined): Error {
  return new TypeError(`The database's column ${column} holds ${value === null ? 'null' : typeof value}.`);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unexpected(column, value);
  return value;
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw unexpected(column, value);
  return value;
}

export function optionalInteger(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : integer(row, column);
}

export function flag(row: Row, column: string): boolean {
  return integer(row, column) === 1;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw unexpected(column, value);
  return value;
}

/** One of a fixed set of words. */
export function word<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = text(row, column);
  const found = words.find((candidate) => candidate === value);
  if (found === undefined) throw new TypeError(`The database's column ${column} holds the word "${value}".`);
  return found;
}

export function optionalWord<T extends string>(row: Row, column: string, words: readonly T[]): T | undefined {
  return row[column] === null ? undefined : word(row, column, words);
}

export function optionalJson<T>(row: Row, column: string): T | undefined {
  const value = optionalText(row, column);
  // Safe because only the same table file writes this column, with jsonOrNull of the same type.
  return value === undefined ? undefined : (JSON.parse(value) as T);
}

/** For binding: SQLite knows null, not undefined. */
export function orNull<T>(value: T | undefined): T | null {
  return value === undefined ? null : value;
}

export function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

export function oneOrNone<T>(row: Row | undefined, map: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : map(row);
}
