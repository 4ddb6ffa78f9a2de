import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ExchangeError } from '../../shared/errors.ts';
import { plainFileError } from '../platform/fileError.ts';
import { isBusy, plainSqliteError } from '../platform/sqlite/sqliteError.ts';

export interface DataDirLock {
  release(): void;
}

/** A connection that nobody refers to is closed by the garbage collector, and its lock with it. */
const heldLocks = new Set<DatabaseSync>();

/**
 * Makes this process the only one that works in the data directory.
 *
 * The lock is a write transaction that is kept open on a small database of its own. The operating system
 * holds such a lock for a process and drops it when the process ends, however it ends: there is no stale lock
 * to take over, hence no moment at which two starters could both believe that they took it. It needs no
 * native module and works on Linux, macOS and Windows. A pid file needs a guess whether its process still
 * lives, and Node has no other file lock. BEGIN IMMEDIATE rather than EXCLUSIVE: it takes one lock in one
 * step, where EXCLUSIVE takes several and two starters could refuse each other.
 *
 * Nothing in this process may open lock.db by other means: on POSIX systems, closing any handle of a file
 * drops the process's locks on it. That is why the pid shown to others stands in a file beside it.
 *
 * Errors: busy: `busy`, naming the other process where it is known; fix: `data-dir-not-writable`.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const path = join(dataDir, 'lock.db');
  const ownerPath = join(dataDir, 'lock.owner');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec('BEGIN IMMEDIATE');
    writeFileSync(ownerPath, String(process.pid), { mode: 0o600 });
  } catch (error) {
    db?.close();
    if (isBusy(error)) throw busyError(dataDir, readOwner(ownerPath));
    const what = `the lock ${path}`;
    throw plainFileError(plainSqliteError(error, what), what);
  }
  const held = db;
  heldLocks.add(held);
  return {
    release() {
      if (!heldLocks.delete(held)) return;
      rmSync(ownerPath, { force: true });
      // lock.db itself stays: a starter that had just opened it would otherwise lock a file nobody else sees.
      held.close();
    },
  };
}

function busyError(dataDir: string, owner: string | undefined): ExchangeError {
  const who = owner === undefined ? 'Another Branchline' : `Another Branchline (process ${owner})`;
  return new ExchangeError({
    code: 'busy',
    class: 'busy',
    message: `${who} is working in ${dataDir}.`,
    advice: 'Wait until it has finished, or stop it, then run again.',
  });
}

/** For the message only; the lock itself does not depend on it. */
function readOwner(path: string): string | undefined {
  try {
    const owner = readFileSync(path, 'latin1').trim();
    return /^[0-9]{1,10}$/.test(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}
