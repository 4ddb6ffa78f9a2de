import { createHash } from 'node:crypto';
import type { Settings } from '../../../shared/settings.ts';

/**
 * Where within an interval a site transmits, so that the stores of one office do not all call the server in the same
 * second. A pure rule.
 *
 * Shape:   0 is the beginning of the interval; always below 1. The central site is at 0: the stores come after it.
 * Promise: the same for ever for one store, since it is made of its GUID, and evenly spread over many.
 */
export function shareOf({ site, schedule }: Pick<Settings, 'site' | 'schedule'>): number {
  if (site.role === 'central' || !schedule.spread) return 0;
  return createHash('sha256').update(site.guid).digest().readUInt32BE() / 2 ** 32;
}
