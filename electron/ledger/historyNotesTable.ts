import type { DatabaseSync } from 'node:sqlite';
import { integer, text, word } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { HistoryNotesTable } from './ledger.ts';

export function createHistoryNotesTable(db: DatabaseSync): HistoryNotesTable {
  const add = statement(db, 'INSERT INTO history_notes (at_ms, level, text) VALUES (:atMs, :level, :text)');
  const latest = statement(db, 'SELECT * FROM history_notes ORDER BY position DESC LIMIT :limit');
  return {
    add: ({ atMs, level, text: line }) => {
      add.run({ atMs, level, text: line });
    },
    latest: (limit) =>
      latest.all({ limit }).map((row) => ({
        atMs: integer(row, 'at_ms'),
        level: word(row, 'level', ['info', 'warning', 'error']),
        text: text(row, 'text'),
      })),
  };
}
