import type { DatabaseSync } from 'node:sqlite';
import { oneOrNone, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { FactsTable } from './ledger.ts';

export function createFactsTable(db: DatabaseSync): FactsTable {
  const get = statement(db, 'SELECT value FROM facts WHERE key = :key');
  const set = statement(
    db,
    'INSERT INTO facts (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = statement(db, 'DELETE FROM facts WHERE key = :key');
  return {
    get: (key) => oneOrNone(get.one({ key }), (row) => text(row, 'value')),
    set: (key, value) => {
      set.run({ key, value });
    },
    remove: (key) => {
      remove.run({ key });
    },
  };
}
