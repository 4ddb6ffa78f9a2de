import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { plainDatabaseError } from '../platform/sqlite/databaseErrors.ts';
import type { DatabasePlace } from '../platform/sqlite/databaseKind.ts';
import { prepareConnection } from '../platform/sqlite/openDatabase.ts';

/** The open database and the ways to work with it. Every piece of work is synchronous, so pieces never mix. */
export interface RecordsDb {
  /** For small reads and writes. */
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly random: Random;
  readonly isReadOnly: boolean;
  /** A consistent view. */
  read<T>(work: () => T): T;
  /** One transaction, durable when it returns. */
  write<T>(work: () => T): T;
  /**
   * One transaction on a connection of its own for much data: not on the disk for good until the next `write`, or
   * `settle`. Used for what nobody sees yet, or any more.
   */
  bulk<T>(work: (db: DatabaseSync) => T): T;
  /** Moves what was written from SQLite's log into its file, as far as readers let it. Nobody waits for it. */
  settle(): void;
  /** A connection of its own, for reading on and on. The caller closes it. */
  reader(): DatabaseSync;
  close(): void;
}

const megabyte = 1024;

export interface RecordsDbParts {
  readonly db: DatabaseSync;
  readonly place: DatabasePlace;
  readonly clock: Clock;
  readonly random: Random;
  readonly isReadOnly: boolean;
}

export function createRecordsDb({ db, place, clock, random, isReadOnly }: RecordsDbParts): RecordsDb {
  // Moving the log is done by `settle` alone: done within a publishing commit it would take as long as there is data.
  db.exec(`PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = ${-16 * megabyte}`);
  let bulkDb: DatabaseSync | undefined;

  const openBulk = (): DatabaseSync => {
    bulkDb ??= connect(place.path, false);
    return bulkDb;
  };

  function inTransaction<T>(on: DatabaseSync, begin: string, work: () => T): T {
    try {
      on.exec(begin);
      const value = work();
      on.exec('COMMIT');
      return value;
    } catch (error) {
      if (on.isTransaction) on.exec('ROLLBACK');
      throw plainDatabaseError(error, place);
    }
  }

  return {
    db,
    clock,
    random,
    isReadOnly,
    read: (work) => (db.isTransaction ? work() : inTransaction(db, 'BEGIN', work)),
    write: (work) => inTransaction(db, 'BEGIN IMMEDIATE', work),
    bulk: (work) => {
      const on = openBulk();
      return inTransaction(on, 'BEGIN IMMEDIATE', () => work(on));
    },
    settle() {
      openBulk().exec('PRAGMA wal_checkpoint(PASSIVE)');
    },
    reader: () => connect(place.path, true),
    close() {
      if (!db.isOpen) return;
      bulkDb?.close();
      db.close();
    },
  };
}

function connect(path: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly });
  prepareConnection(db);
  // In WAL the log is complete in itself: NORMAL only leaves the waiting for the disk to the next commit that waits.
  db.exec(
    `PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${-16 * megabyte}`,
  );
  return db;
}
