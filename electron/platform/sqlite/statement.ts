import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Row } from './sqliteRow.ts';

type Values = Record<string, SQLInputValue>;

/** A statement that is prepared at its first use and kept: opening a ledger stays quick. */
export interface Statement {
  all(values?: Values): Row[];
  one(values?: Values): Row | undefined;
  /** Returns how many rows it changed. */
  run(values?: Values): number;
  /** Runs, and refuses to have changed anything but one row: the caller named a row that must exist. */
  runOnOne(what: string, values?: Values): void;
  /** Inserts and returns the new row's integer key. */
  insert(values: Values): number;
}

export function statement(db: DatabaseSync, sql: string): Statement {
  let prepared: StatementSync | undefined;
  const prepare = () => {
    prepared ??= db.prepare(sql);
    return prepared;
  };
  const run = (values: Values = {}) => Number(prepare().run(values).changes);
  return {
    all: (values = {}) => prepare().all(values),
    one: (values = {}) => prepare().get(values),
    run,
    runOnOne(what, values) {
      if (run(values) !== 1) throw new Error(`The database has no ${what} to change.`);
    },
    insert: (values) => Number(prepare().run(values).lastInsertRowid),
  };
}
