import type { Settings } from '../../shared/settings.ts';
import type { SiteName } from '../../shared/sites.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { officeMet } from '../transmission/office/officeMet.ts';
import type { SiteContext, SiteFolders } from '../transmission/siteContext.ts';
import { programVersion } from './programVersion.ts';

export interface SiteParts {
  readonly settings: Settings;
  readonly folders: SiteFolders;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
}

/** A site's name towards others: `central`, or its store number. */
export function nameOf(settings: Settings): SiteName {
  return settings.site.role === 'central' ? 'central' : settings.site.storeNumber;
}

/** What the transmission works with, from the settings and the ledger. */
export function siteOf({ settings, folders, ledger, clock, random }: SiteParts): SiteContext {
  const { site } = settings;
  return {
    me: nameOf(settings),
    guid: site.guid,
    label: site.name,
    version: programVersion,
    officeId: site.role === 'central' ? site.officeId : officeMet(ledger),
    delivery: settings.delivery,
    suspension: settings.suspension,
    ftpEnabled: settings.ftp.enabled,
    channels: settings.channels,
    folders,
    ledger,
    clock,
    random,
  };
}
