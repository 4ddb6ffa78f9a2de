import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { text } from './rowReader.ts';
import { damagedLedgerError } from './sqliteError.ts';

/** Above this size a full check takes long enough to be felt, so it is not made at every opening. */
const smallBytes = 32 * 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

/** True when the last program that had the ledger open ended without closing it: SQLite's log is still there. */
export function wasLeftOpen(path: string): boolean {
  const log = `${path}-wal`;
  return existsSync(log) && statSync(log).size > 0;
}

/** Whether this opening checks the whole file. */
export function isCheckDue(ledger: {
  readonly sizeBytes: number;
  readonly leftOpen: boolean;
  readonly lastCheckMs: number | undefined;
  readonly nowMs: number;
}): boolean {
  if (ledger.sizeBytes <= smallBytes || ledger.leftOpen || ledger.lastCheckMs === undefined) return true;
  const age = ledger.nowMs - ledger.lastCheckMs;
  // A negative age means the clock was set back: the note cannot be relied on.
  return age < 0 || age > dayMs;
}

/** Errors: fix: `ledger-damaged`. */
export function checkLedger(db: DatabaseSync, path: string): void {
  const found = db.prepare('PRAGMA quick_check(1)').get();
  const sound = found !== undefined && text(found, 'quick_check') === 'ok';
  if (!sound || db.prepare('PRAGMA foreign_key_check').get() !== undefined) {
    throw damagedLedgerError(path, newestBackup(path));
  }
}

/** The copy made before the latest migration, where there is one. */
export function newestBackup(path: string): string | undefined {
  const prefix = `${basename(path)}.backup-v`;
  const versions = readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && /^[0-9]+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((one, other) => other - one);
  return versions[0] === undefined ? undefined : join(dirname(path), `${prefix}${versions[0]}`);
}
