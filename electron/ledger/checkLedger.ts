import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { damagedLedgerError } from './ledgerErrors.ts';
import { text } from './rowReader.ts';

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
    throw damagedLedgerError(path);
  }
}
