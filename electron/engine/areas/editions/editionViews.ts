import type { SubscriptionView } from '../../../../shared/contract/exportsCalls.ts';
import type { StoreEdition } from '../../../../shared/contract/rows.ts';
import { setKey } from '../../../../shared/setManifest.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { SiteName } from '../../../../shared/sites.ts';
import type { Subscription } from '../../../../shared/subscriptionsSettings.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { Records } from '../../../records/records.ts';

export interface EditionViewParts {
  readonly ledger: Ledger;
  readonly records: () => Records;
  readonly settings: Settings;
}

interface Present {
  readonly edition: string;
  readonly rows: number;
  readonly publishedMs: number | undefined;
}

/** What each store has of the sets that it gets, by store. Empty at a store, and where nothing is subscribed to. */
export function storeEditions(parts: EditionViewParts): ReadonlyMap<SiteName, StoreEdition[]> {
  const { settings, ledger } = parts;
  const views = new Map<SiteName, StoreEdition[]>();
  if (settings.site.role !== 'central' || settings.subscriptions.length === 0) return views;
  const stores = joinedStores(ledger);
  const told = new Map(
    ledger
      .read((tables) => tables.sets.storeEditions())
      .map(({ site, name, edition }) => [`${site} ${name}`, { edition }] as const),
  );
  for (const subscription of settings.subscriptions) {
    const name = setKey(subscription.dataset, subscription.set);
    const present = presentEdition(parts, subscription);
    for (const site of stores) {
      if (subscription.stores !== 'all' && !subscription.stores.some((store) => store === site)) continue;
      const view = viewOf(name, present, told.get(`${site} ${name}`));
      views.set(site, [...(views.get(site) ?? []), view]);
    }
  }
  return views;
}

function viewOf(
  name: string,
  present: Present | undefined,
  told: { readonly edition: string | undefined } | undefined,
): StoreEdition {
  if (told === undefined) return { name, state: 'not-told' };
  const { edition } = told;
  if (edition === undefined) return { name, state: 'none' };
  return { name, edition, state: edition === present?.edition ? 'current' : 'older' };
}

/** How far each subscription is. */
export function subscriptionViews(parts: EditionViewParts): SubscriptionView[] {
  const stores = [...storeEditions(parts).values()].flat();
  return parts.settings.subscriptions.map((subscription) => {
    const name = setKey(subscription.dataset, subscription.set);
    const counts = { current: 0, older: 0, none: 0 };
    for (const view of stores) {
      if (view.name === name) counts[view.state === 'not-told' ? 'none' : view.state] += 1;
    }
    return { subscription, ...presentEdition(parts, subscription), stores: counts };
  });
}

/** What is published here, named as receipts name it. */
function presentEdition(
  { records, ledger }: EditionViewParts,
  { dataset, set }: Subscription,
): Present | undefined {
  const published = records()
    .sets(dataset)
    .find((one) => one.set === set)?.published;
  if (published === undefined) return undefined;
  const { editionId, rows, publishedMs } = published;
  const issue = ledger.read((tables) => tables.sets.issue(dataset, set));
  return { edition: issue?.editionId === editionId ? issue.edition : editionId, rows, publishedMs };
}

function joinedStores(ledger: Ledger): SiteName[] {
  return ledger
    .read((tables) => tables.sites.all())
    .flatMap(({ name, welcomed }) => (name !== 'central' && welcomed ? [name] : []));
}
