import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ExchangeError } from '../../../shared/errors.ts';
import { syncFolder } from '../atomicWrite.ts';
import type { Clock } from '../clock.ts';
import { checkWhenDue, wasLeftOpen } from './checkDatabase.ts';
import { plainDatabaseError } from './databaseErrors.ts';
import type { DatabasePlace } from './databaseKind.ts';
import { checkVersion, migrateDatabase } from './migrateDatabase.ts';
import { integer, text } from './sqliteRow.ts';

/**
 * Opens one of Branchline's databases, making it where there is none and migrating it where it is older.
 *
 * Promise: WAL, synchronous=FULL. The caller sees to it that nobody else opens it at the same time. An existing file that is refused was
 *          not changed.
 * Errors:  fix: `…-damaged`, `…-too-new`, `…-foreign`, `data-dir-not-writable`, `data-dir-unsuitable`; full: `disk-full`;
 *          busy: `busy`.
 */
export function openDatabase(place: DatabasePlace, clock: Clock): DatabaseSync {
  const leftOpen = wasLeftOpen(place.path);
  let db: DatabaseSync | undefined;
  try {
    createFile(place.path);
    db = new DatabaseSync(place.path);
    prepareConnection(db);
    checkVersion(db, place);
    const version = integer(db.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
    if (version > 0) checkWhenDue(db, place, { clock, leftOpen });
    else if (place.kind.pageBytes !== undefined) db.exec(`PRAGMA page_size = ${place.kind.pageBytes}`);
    turnOnWriteAheadLog(db, place);
    migrateDatabase(db, place);
    return db;
  } catch (error) {
    db?.close();
    throw plainDatabaseError(error, place);
  }
}

/** The file says who sent what to whom: it is made readable for its owner only. SQLite's companions follow it. */
function createFile(path: string): void {
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  syncFolder(dirname(path));
}

/** What every connection to one of Branchline's databases is set to. */
export function prepareConnection(db: DatabaseSync): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 16777216;
  `);
}

function turnOnWriteAheadLog(db: DatabaseSync, { kind, path }: DatabasePlace): void {
  const mode = db.prepare('PRAGMA journal_mode = WAL').get();
  if (mode !== undefined && text(mode, 'journal_mode') === 'wal') return;
  throw new ExchangeError({
    code: 'data-dir-unsuitable',
    class: 'fix',
    message: `The disk that holds ${path} cannot keep the ${kind.name} safe against a power cut.`,
    advice: 'Put the data directory on a disk of this machine, not on a network share.',
  });
}
