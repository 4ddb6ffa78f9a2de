import type { DatabaseSync } from 'node:sqlite';
import { nextTurn } from '../platform/clock.ts';
import { integer, text } from '../platform/sqlite/sqliteRow.ts';
import type { EditionsTable } from './editionsTable.ts';
import type { RecordsDb } from './recordsDb.ts';
import { tableOf } from './rowTable.ts';

/** Rows that go at once: some tens of milliseconds. */
const rowsPerPiece = 250_000;
/** Pieces that are still removed when Records are closed: two seconds at most. */
const lastPieces = 20;

export interface Sweeper {
  /** Removes what is marked as dropping, piece by piece, in turns of the event loop. */
  start(): void;
  /** Ends it, after a few last pieces: a command that is over at once must not leave everything to the next one. */
  stop(): void;
}

/**
 * Removes the tables of editions that nobody needs any more.
 *
 * Promise: each piece is one transaction, so a kill leaves a smaller rest, which is taken up when Records are opened
 *          again; readers never wait (WAL), writers for one piece at most.
 */
export function createSweeper(records: RecordsDb, editions: EditionsTable): Sweeper {
  let isRunning = false;
  let isStopped = false;

  async function run(): Promise<void> {
    try {
      await nextTurn();
      while (!isStopped && dropPiece(records, editions)) await nextTurn();
      if (!isStopped) records.settle();
    } catch {
      // A full or failing disk: what is left stays marked, and is taken up by the next start.
    } finally {
      isRunning = false;
    }
  }

  return {
    start() {
      if (isRunning || isStopped) return;
      isRunning = true;
      void run();
    },
    stop() {
      isStopped = true;
      if (records.isReadOnly) return;
      try {
        for (let piece = 0; piece < lastPieces && dropPiece(records, editions); piece += 1);
      } catch {
        // As above.
      }
    },
  };
}

/** True where there was something to drop. */
function dropPiece(records: RecordsDb, editions: EditionsTable): boolean {
  const edition = editions.inState('dropping')[0];
  if (edition === undefined) return false;
  records.bulk((db) => {
    const table = tableOf(edition.number);
    const index = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? LIMIT 1`)
      .get(table);
    if (index !== undefined) db.exec(`DROP INDEX ${quoted(text(index, 'name'))}`);
    else if (!deleteRows(db, table)) {
      db.exec(`DROP TABLE IF EXISTS ${table}`);
      db.prepare('DELETE FROM editions WHERE number = ?').run(edition.number);
    }
  });
  return true;
}

/** Takes a piece out of a large table; false where it is small enough to go whole. */
function deleteRows(db: DatabaseSync, table: string): boolean {
  const isThere = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined;
  if (!isThere) return false;
  const ends = db
    .prepare(`SELECT coalesce(min(_number), 0) AS first, coalesce(max(_number), 0) AS last FROM ${table}`)
    .get();
  const first = integer(ends ?? {}, 'first');
  if (integer(ends ?? {}, 'last') - first < 2 * rowsPerPiece) return false;
  db.prepare(`DELETE FROM ${table} WHERE _number < ?`).run(first + rowsPerPiece);
  return true;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
