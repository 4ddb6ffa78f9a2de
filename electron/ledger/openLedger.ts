import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ExchangeError } from '../../shared/errors.ts';
import { syncFolder } from '../platform/atomicWrite.ts';
import type { Clock } from '../platform/clock.ts';
import { checkLedger, isCheckDue, wasLeftOpen } from './checkLedger.ts';
import { createFactsTable } from './factsTable.ts';
import type { Ledger } from './ledger.ts';
import { plainLedgerError } from './ledgerErrors.ts';
import { createLedger } from './ledgerTransactions.ts';
import { checkLedgerVersion, migrateLedger } from './migrateLedger.ts';
import { type Migration, migrations } from './migrations/migrations.ts';
import { integer, text } from './rowReader.ts';

export interface LedgerOptions {
  /** Absolute path of `ledger.db`; its folder exists. */
  readonly path: string;
  readonly clock: Clock;
  /** Formats to know in place of the released ones; for tests of migrating. */
  readonly known?: readonly Migration[];
}

const checkedFact = 'ledger-checked-ms';

/**
 * Opens the ledger, making it where there is none and migrating it where it is older.
 *
 * Promise: the caller holds the data directory's lock (dataDirLock.ts). An existing file that is refused was
 *          not changed.
 * Errors:  fix: `ledger-damaged`, `ledger-too-new`, `ledger-foreign`, `data-dir-not-writable`, `data-dir-unsuitable`; full: `disk-full`;
 *          busy: `busy`.
 */
export function openLedger({ path, clock, known = migrations }: LedgerOptions): Ledger {
  const leftOpen = wasLeftOpen(path);
  let db: DatabaseSync | undefined;
  try {
    createFile(path);
    db = new DatabaseSync(path);
    prepareConnection(db);
    checkLedgerVersion(db, path, known);
    const version = integer(db.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
    if (version > 0) checkWhenDue(db, { path, clock, leftOpen });
    turnOnWriteAheadLog(db, path);
    migrateLedger(db, path, known);
    return createLedger(db, path);
  } catch (error) {
    db?.close();
    throw plainLedgerError(error, path);
  }
}

/** The file says who sent what to whom: it is made readable for its owner only. SQLite's companions follow it. */
function createFile(path: string): void {
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  syncFolder(dirname(path));
}

function prepareConnection(db: DatabaseSync): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 16777216;
  `);
}

function turnOnWriteAheadLog(db: DatabaseSync, path: string): void {
  const mode = db.prepare('PRAGMA journal_mode = WAL').get();
  if (mode !== undefined && text(mode, 'journal_mode') === 'wal') return;
  throw new ExchangeError({
    code: 'data-dir-unsuitable',
    class: 'fix',
    message: `The disk that holds ${path} cannot keep the ledger safe against a power cut.`,
    advice: 'Put the data directory on a disk of this machine, not on a network share.',
  });
}

function checkWhenDue(
  db: DatabaseSync,
  { path, clock, leftOpen }: { readonly path: string; readonly clock: Clock; readonly leftOpen: boolean },
): void {
  const facts = createFactsTable(db);
  const noted = facts.get(checkedFact);
  const sizeBytes = statSync(path).size;
  const nowMs = clock.now();
  const lastCheckMs = noted === undefined ? undefined : Number(noted);
  if (!isCheckDue({ sizeBytes, leftOpen, lastCheckMs, nowMs })) return;
  checkLedger(db, path);
  if (!isCheckDue({ sizeBytes, leftOpen: false, lastCheckMs: nowMs, nowMs })) {
    facts.set(checkedFact, String(nowMs));
  }
}
