import type { DatabaseSync } from 'node:sqlite';
import { plainDatabaseError } from '../platform/sqlite/databaseErrors.ts';
import { isReadOnly } from '../platform/sqlite/sqliteError.ts';
import type { Ledger } from './ledger.ts';
import { ledgerKind } from './ledgerKind.ts';
import { createLedgerTables } from './ledgerTables.ts';
import { surveyLedger } from './surveyLedger.ts';

/** The ledger's transactions over an open, checked and migrated database. */
export function createLedger(db: DatabaseSync, path: string): Ledger {
  const tables = createLedgerTables(db);
  let closed = false;
  /** The commit or read under way. */
  let running: 'commit' | 'read' | undefined;

  function inTransaction<T>(kind: 'commit' | 'read', begin: string, end: string, work: () => T): T {
    if (closed) throw new Error('The ledger is closed.');
    try {
      db.exec(begin);
      running = kind;
      const value = work();
      if (value instanceof Promise) {
        throw new TypeError('Work on the ledger must not wait: a transaction holds the writer.');
      }
      db.exec(end);
      return value;
    } catch (error) {
      // SQLite itself rolls back after some failures (a full disk): a second ROLLBACK would hide the cause.
      if (db.isTransaction) db.exec('ROLLBACK');
      if (kind === 'read' && isReadOnly(error)) {
        throw new Error('A read of the ledger tried to write.', { cause: error });
      }
      throw plainDatabaseError(error, { kind: ledgerKind, path });
    } finally {
      running = undefined;
      if (kind === 'read' && !closed) db.exec('PRAGMA query_only = OFF');
    }
  }

  return {
    read(work) {
      if (running !== undefined) return work(tables);
      // query_only makes a write in a read fail loudly in place of being rolled back unseen.
      return inTransaction('read', 'PRAGMA query_only = ON; BEGIN', 'COMMIT', () => work(tables));
    },
    commit(label, work) {
      if (running !== undefined) {
        throw new Error(`The ledger's commit "${label}" was started inside another ${running}.`);
      }
      return inTransaction('commit', 'BEGIN IMMEDIATE', 'COMMIT', () => work(tables));
    },
    survey: () =>
      inTransaction('read', 'PRAGMA query_only = ON; BEGIN', 'COMMIT', () => surveyLedger(db, path)),
    close() {
      if (closed) return;
      if (running !== undefined) throw new Error(`The ledger was closed inside a ${running}.`);
      closed = true;
      db.close();
    },
  };
}
