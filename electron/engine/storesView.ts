import type { StoreEdition, StoreRow } from '../../shared/contract/rows.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SiteName } from '../../shared/sites.ts';
import type { Ledger, SiteRow, StoreTraffic } from '../ledger/ledger.ts';

/** How every store stands, for the central site. */
export function storesView(
  ledger: Ledger,
  settings: Settings,
  nowMs: number,
  editions: ReadonlyMap<SiteName, StoreEdition[]>,
): StoreRow[] {
  if (settings.site.role !== 'central') return [];
  const { traffic, sites, gaps } = ledger.read((tables) => ({
    traffic: tables.reports.storeTraffic(),
    sites: new Map(tables.sites.all().map((site) => [site.name, site])),
    gaps: gapsBySender(tables.inStreams.all()),
  }));
  return traffic.map((one) => ({
    ...rowOf(one, sites.get(one.name), gaps.get(one.name) ?? 0, settings, nowMs),
    editions: editions.get(one.name) ?? [],
  }));
}

function rowOf(
  traffic: StoreTraffic,
  site: SiteRow | undefined,
  gaps: number,
  { oversight }: Settings,
  nowMs: number,
): Omit<StoreRow, 'editions'> {
  const allowance = oversight.storeAllowances[traffic.name] ?? oversight.allowanceMegabytes;
  return {
    name: traffic.name,
    label: site?.label ?? '',
    lastOutMs: traffic.lastOutMs,
    lastInMs: traffic.lastInMs,
    waiting: traffic.waiting,
    gaps,
    usedBytes: traffic.usedBytes,
    allowanceBytes: allowance * 1_000_000,
    version: site?.version ?? '',
    ...stateOf(traffic, gaps, oversight.lateAfterHours, nowMs),
  };
}

function stateOf(
  { skipped, lastInMs }: StoreTraffic,
  gaps: number,
  lateAfterHours: number,
  nowMs: number,
): Pick<StoreRow, 'state' | 'reason'> {
  if (skipped > 0) {
    return {
      state: 'failing',
      reason: `${skipped} packet${skipped === 1 ? '' : 's'} to this store skipped.`,
    };
  }
  if (gaps > 0) {
    return { state: 'failing', reason: `${gaps} number${gaps === 1 ? '' : 's'} missing in what it sent.` };
  }
  if (lastInMs === undefined) return { state: 'never', reason: 'Nothing has come from it yet.' };
  const hours = (nowMs - lastInMs) / 3_600_000;
  if (hours > lateAfterHours) return { state: 'late', reason: `Silent for ${Math.floor(hours)} hours.` };
  return { state: 'ok', reason: '' };
}

function gapsBySender(
  streams: readonly {
    readonly from: string;
    readonly missing: readonly { from: number; through: number }[];
  }[],
): Map<string, number> {
  const gaps = new Map<string, number>();
  for (const { from, missing } of streams) {
    const count = missing.reduce((sum, range) => sum + range.through - range.from + 1, 0);
    gaps.set(from, (gaps.get(from) ?? 0) + count);
  }
  return gaps;
}

/** How many of its sets a store has as they are published now; undefined where it gets none. */
export function countEditions(
  editions: readonly StoreEdition[] | undefined,
): { current: number; behind: number } | undefined {
  if (editions === undefined) return undefined;
  const current = editions.filter(({ state }) => state === 'current').length;
  return { current, behind: editions.length - current };
}
