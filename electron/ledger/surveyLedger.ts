import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { isSound } from '../platform/sqlite/checkDatabase.ts';
import { integer, text } from '../platform/sqlite/sqliteRow.ts';
import type { LedgerSurvey } from './ledger.ts';

export function surveyLedger(db: DatabaseSync, path: string): LedgerSurvey {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    .all()
    .map((row) => text(row, 'name'));
  // The names come from the ledger's own schema; quoted all the same.
  const count = (name: string) =>
    integer(db.prepare(`SELECT count(*) AS n FROM "${name.replaceAll('"', '""')}"`).get() ?? {}, 'n');
  return {
    sound: isSound(db),
    formatVersion: integer(db.prepare('PRAGMA user_version').get() ?? {}, 'user_version'),
    sizeBytes: statSync(path).size,
    rows: Object.fromEntries(tables.map((name) => [name, count(name)])),
  };
}
