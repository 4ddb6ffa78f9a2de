import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { ExchangeError } from '../../../shared/errors.ts';
import { syncFolder } from '../atomicWrite.ts';
import type { DatabasePlace } from './databaseKind.ts';
import { integer } from './sqliteRow.ts';

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return integer(db.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}

/**
 * Refuses a file that this program does not know.
 *
 * Errors: fix: `…-too-new`, `…-foreign`.
 */
export function checkVersion(db: DatabaseSync, { kind, path }: DatabasePlace): void {
  const version = pragma(db, 'user_version');
  const newest = kind.migrations.at(-1)?.version ?? 0;
  const isEmpty = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isEmpty && pragma(db, 'application_id') !== kind.applicationId) {
    throw new ExchangeError({
      code: `${kind.code}-foreign`,
      class: 'fix',
      message: `The file ${path} is a database of another program, so nothing was changed in it.`,
      advice: 'Choose another data directory, or move this file away.',
    });
  }
  if (version > newest) {
    throw new ExchangeError({
      code: `${kind.code}-too-new`,
      class: 'fix',
      message: `The ${kind.name} ${path} was written by a newer Branchline (format ${version}; this one knows ${newest}).`,
      advice: 'Install the newer version again. An older one could lose data and does not try.',
    });
  }
}

/**
 * Brings a database to the newest format, each step in its own transaction.
 *
 * Promise: before an existing database is changed, a durable copy of it stands beside it; an interrupted step
 *          leaves it in its older format.
 */
export function migrateDatabase(db: DatabaseSync, { kind, path }: DatabasePlace): void {
  const version = pragma(db, 'user_version');
  const steps = kind.migrations.filter((migration) => migration.version > version);
  if (steps.length === 0) return;
  if (version > 0) backUp(db, path, `${path}.backup-v${version}`);
  for (const step of steps) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(step.sql);
      db.exec(`PRAGMA application_id = ${kind.applicationId}; PRAGMA user_version = ${step.version}; COMMIT`);
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
