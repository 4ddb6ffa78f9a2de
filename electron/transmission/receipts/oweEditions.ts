import type { LedgerTables } from '../../ledger/ledger.ts';

/** Fact: the central site is to be told which editions this store has, also where no packet is to be answered. */
const owedFact = 'editions-owed';
/** Fact: a set came from the central site, so that its program reads editions in receipts. */
const metFact = 'sets-met';

/** The central site sends sets, and is told by the next receipt what this store has of them. */
export function oweEditions(tables: LedgerTables): void {
  tables.facts.set(metFact, '1');
  tables.facts.set(owedFact, '1');
}

/** A store without memory comes back: its next receipt says so by naming no editions. */
export function oweReceipt(tables: LedgerTables): void {
  tables.facts.set(owedFact, '1');
}

export function areEditionsOwed(tables: LedgerTables): boolean {
  return tables.facts.get(owedFact) !== undefined;
}

export function editionsTold(tables: LedgerTables): void {
  tables.facts.remove(owedFact);
}

/**
 * True where the central site's program is known to read editions in receipts: it has sent a set. An older one
 * refuses a receipt with a field that it does not know.
 */
export function doesCentralReadEditions(tables: LedgerTables): boolean {
  return tables.facts.get(metFact) !== undefined;
}
