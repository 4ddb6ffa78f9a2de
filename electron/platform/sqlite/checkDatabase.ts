import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { damagedDatabaseError } from './databaseErrors.ts';
import type { DatabasePlace } from './databaseKind.ts';
import { text } from './sqliteRow.ts';

/** Above this size a full check takes long enough to be felt, so it is not made at every opening. */
const smallBytes = 32 * 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

/** True when the last program that had the database open ended without closing it: SQLite's log is still there. */
export function wasLeftOpen(path: string): boolean {
  const log = `${path}-wal`;
  return existsSync(log) && statSync(log).size > 0;
}

/** Whether this opening checks the whole file. */
export function isCheckDue(database: {
  readonly sizeBytes: number;
  readonly leftOpen: boolean;
  readonly lastCheckMs: number | undefined;
  readonly nowMs: number;
}): boolean {
  if (database.sizeBytes <= smallBytes || database.leftOpen || database.lastCheckMs === undefined)
    return true;
  const age = database.nowMs - database.lastCheckMs;
  // A negative age means the clock was set back: the note cannot be relied on.
  return age < 0 || age > dayMs;
}

/** Errors: fix: `…-damaged`. */
function checkDatabase(db: DatabaseSync, place: DatabasePlace): void {
  if (!isSound(db)) throw damagedDatabaseError(place);
}

/** True when neither the file nor what its rows refer to is damaged. */
export function isSound(db: DatabaseSync): boolean {
  const found = db.prepare('PRAGMA quick_check(1)').get();
  const sound = found !== undefined && text(found, 'quick_check') === 'ok';
  return sound && db.prepare('PRAGMA foreign_key_check').get() === undefined;
}

/** Checks an opened database when it is due, and notes when a large one was checked. */
export function checkWhenDue(
  db: DatabaseSync,
  place: DatabasePlace,
  { clock, leftOpen }: { readonly clock: Clock; readonly leftOpen: boolean },
): void {
  const checkedFact = `${place.kind.code}-checked-ms`;
  const noted = db.prepare('SELECT value FROM facts WHERE key = ?').get(checkedFact);
  const sizeBytes = statSync(place.path).size;
  const nowMs = clock.now();
  const lastCheckMs = noted === undefined ? undefined : Number(text(noted, 'value'));
  if (!isCheckDue({ sizeBytes, leftOpen, lastCheckMs, nowMs })) return;
  checkDatabase(db, place);
  if (isCheckDue({ sizeBytes, leftOpen: false, lastCheckMs: nowMs, nowMs })) return;
  db.prepare(
    'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(checkedFact, String(nowMs));
}
