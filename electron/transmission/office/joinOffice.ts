import type { RunContext } from '../siteContext.ts';
import { joinAsCentral } from './joinAsCentral.ts';
import { joinAsStore } from './joinAsStore.ts';

/**
 * Makes sure that this home directory is our office's, and that this site is who it says it is.
 *
 * Promise: office.json is written once, by the central site, and never replaced. A store's claim is written
 *          once and never replaced. Returns the office id.
 * Errors:  foreign-office, office-missing, store-number-taken, unreadable-office-file (fix); the transport's.
 * Source:  design "Packets", promise 6.
 */
export async function joinOffice(run: RunContext): Promise<string> {
  return run.me === 'central' ? await joinAsCentral(run) : await joinAsStore(run, run.me);
}
