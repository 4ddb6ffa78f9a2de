import type { Addressee, ChannelName, SiteName } from '../../shared/sites.ts';
import { type Row, text } from '../platform/sqlite/sqliteRow.ts';

// The next three casts are safe because these columns are only written through the ledger's interface, which
// takes the branded types: every value was checked by its schema before it came here.
export function site(row: Row, column: string): SiteName {
  return text(row, column) as SiteName;
}

export function addressee(row: Row, column: string): Addressee {
  return text(row, column) as Addressee;
}

export function channel(row: Row, column: string): ChannelName {
  return text(row, column) as ChannelName;
}
