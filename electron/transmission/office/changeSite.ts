import type { SiteName } from '../../../shared/sites.ts';
import type { LedgerTables, SiteRow } from '../../ledger/ledger.ts';

/** Changes what is known of another site, within a commit; a site heard of for the first time is added. */
export function changeSite(
  tables: LedgerTables,
  name: SiteName,
  nowMs: number,
  change: Partial<Omit<SiteRow, 'name' | 'firstSeenMs'>>,
): void {
  const known: SiteRow = tables.sites.get(name) ?? {
    name,
    guid: undefined,
    label: '',
    firstSeenMs: nowMs,
    lastReceiptNumber: 0,
    lastReceiptMs: undefined,
    lastReceiptMade: 0,
    welcomed: false,
    allStartsAt: undefined,
    version: undefined,
  };
  tables.sites.put({ ...known, ...change });
}
