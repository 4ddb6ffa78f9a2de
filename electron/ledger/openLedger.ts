import type { Clock } from '../platform/clock.ts';
import type { Migration } from '../platform/sqlite/databaseKind.ts';
import { openDatabase } from '../platform/sqlite/openDatabase.ts';
import type { Ledger } from './ledger.ts';
import { ledgerKind } from './ledgerKind.ts';
import { createLedger } from './ledgerTransactions.ts';

export interface LedgerOptions {
  /** Absolute path of `ledger.db`; its folder exists. */
  readonly path: string;
  readonly clock: Clock;
  /** Formats to know in place of the released ones; for tests of migrating. */
  readonly known?: readonly Migration[];
}

/**
 * Opens the ledger, making it where there is none and migrating it where it is older.
 *
 * Promise: the caller holds the data directory's lock (dataDirLock.ts). An existing file that is refused was
 *          not changed.
 * Errors:  fix: `ledger-damaged`, `ledger-too-new`, `ledger-foreign`, `data-dir-not-writable`, `data-dir-unsuitable`; full: `disk-full`;
 *          busy: `busy`.
 */
export function openLedger({ path, clock, known }: LedgerOptions): Ledger {
  const kind = known === undefined ? ledgerKind : { ...ledgerKind, migrations: known };
  return createLedger(openDatabase({ kind, path }, clock), path);
}
