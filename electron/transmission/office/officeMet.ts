import type { Ledger, LedgerTables } from '../../ledger/ledger.ts';

const officeFact = 'office';

/** The office a store has met, or undefined before its first transmission. */
export function officeMet(ledger: Ledger): string | undefined {
  return ledger.read((tables) => tables.facts.get(officeFact));
}

/** Remembers the office, within a commit. */
export function rememberOffice(tables: LedgerTables, officeId: string): void {
  tables.facts.set(officeFact, officeId);
}
