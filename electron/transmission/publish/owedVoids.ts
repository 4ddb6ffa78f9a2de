import { z } from 'zod';
import { addresseeSchema } from '../../../shared/sites.ts';
import type { LedgerTables } from '../../ledger/ledger.ts';

const fact = 'owed-voids';

const owedVoidSchema = z.object({
  /** Whose stream has the gap. */
  to: addresseeSchema,
  /** Where the void packet goes, and whose answer it wants. */
  folder: z.string(),
  addressee: addresseeSchema,
  from: z.int(),
  through: z.int(),
});

/** Numbers of a stream that will never be sent: a void packet must tell the addressee so. */
export type OwedVoid = z.infer<typeof owedVoidSchema>;

export function owedVoids(tables: LedgerTables): OwedVoid[] {
  const text = tables.facts.get(fact);
  return text === undefined ? [] : z.array(owedVoidSchema).parse(JSON.parse(text));
}

export function oweVoid(tables: LedgerTables, owed: OwedVoid): void {
  const others = owedVoids(tables).filter((known) => !isSame(known, owed));
  tables.facts.set(fact, JSON.stringify([...others, owed]));
}

export function voidPaid(tables: LedgerTables, paid: OwedVoid): void {
  const left = owedVoids(tables).filter((known) => !isSame(known, paid));
  if (left.length === 0) tables.facts.remove(fact);
  else tables.facts.set(fact, JSON.stringify(left));
}

function isSame(a: OwedVoid, b: OwedVoid): boolean {
  return a.folder === b.folder && a.to === b.to && a.from === b.from && a.through === b.through;
}
