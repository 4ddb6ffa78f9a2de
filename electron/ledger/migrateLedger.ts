import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { ExchangeError } from '../../shared/errors.ts';
import { syncFolder } from '../platform/atomicWrite.ts';
import type { Migration } from './migrations/migrations.ts';
import { integer } from './rowReader.ts';

/** "BRLN": tells a ledger from any other SQLite file. */
const applicationId = 0x42_52_4c_4e;

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return integer(db.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}

/**
 * Refuses a file that this program does not know.
 *
 * Errors: fix: `ledger-too-new`, `ledger-foreign`.
 */
export function checkLedgerVersion(db: DatabaseSync, path: string, known: readonly Migration[]): void {
  const version = pragma(db, 'user_version');
  const newest = known.at(-1)?.version ?? 0;
  const isEmpty = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isEmpty && pragma(db, 'application_id') !== applicationId) {
    throw new ExchangeError({
      code: 'ledger-foreign',
      class: 'fix',
      message: `The file ${path} is a database of another program, so nothing was changed in it.`,
      advice: 'Choose another data directory, or move this file away.',
    });
  }
  if (version > newest) {
    throw new ExchangeError({
      code: 'ledger-too-new',
      class: 'fix',
      message: `The ledger ${path} was written by a newer Branchline (format ${version}; this one knows ${newest}).`,
      advice: 'Install the newer version again. An older one could lose packets and does not try.',
    });
  }
}

/**
 * Brings a ledger to the newest format, each step in its own transaction.
 *
 * Promise: before an existing ledger is changed, a durable copy of it stands beside it; an interrupted step
 *          leaves the ledger in its older format.
 */
export function migrateLedger(db: DatabaseSync, path: string, known: readonly Migration[]): void {
  const version = pragma(db, 'user_version');
  const steps = known.filter((migration) => migration.version > version);
  if (steps.length === 0) return;
  if (version > 0) backUp(db, path, `${path}.backup-v${version}`);
  for (const step of steps) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(step.sql);
      db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${step.version}; COMMIT`);
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}

function backUp(db: DatabaseSync, path: string, backup: string): void {
  // A copy under its final name is whole and older than this attempt: it is from an earlier, interrupted one.
  if (existsSync(backup)) return;
  const partial = `${backup}.partial`;
  rmSync(partial, { force: true });
  db.prepare('VACUUM INTO ?').run(partial);
  const file = openSync(partial, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, backup);
  syncFolder(dirname(path));
}
