import { siteClaimSchema } from '../../../shared/office.ts';
import { siteFile } from '../../../shared/remoteNames.ts';
import type { SiteName } from '../../../shared/sites.ts';
import type { Transport } from '../../transport/transport.ts';
import { checkClaim } from './joinAsStore.ts';
import { foreignOffice, secondCentral } from './officeErrors.ts';
import { readOffice, readSealed } from './officeFiles.ts';

export interface OfficeQuestion {
  readonly me: SiteName;
  readonly guid: string;
  /** The office this site belongs to: the central site's own, or the one a store has met. */
  readonly officeId: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Looks whether this site could join the office of a home directory, as a transmission would. Answers in plain words
 * what it found.
 *
 * Promise: reads only.
 * Errors:  foreign-office, store-number-taken, unreadable-office-file (fix); the transport's.
 */
export async function lookAtOffice(transport: Transport, question: OfficeQuestion): Promise<string> {
  const { me, officeId } = question;
  const office = await readOffice(question, transport);
  if (office === undefined) {
    return me === 'central'
      ? 'No office has it yet; the first transmission claims it for this one.'
      : 'No office has it yet: the central office transmits first.';
  }
  if (officeId !== undefined && officeId !== office.officeId) throw foreignOffice(office);
  if (me === 'central') {
    if (office.centralGuid !== question.guid) throw secondCentral();
    return `It belongs to this office (${office.name}).`;
  }
  const claim = await readSealed(question, transport, siteFile(me), siteClaimSchema);
  if (claim === undefined) return `It belongs to ${office.name}; store number ${me} is free.`;
  checkClaim(question, claim, office.officeId);
  return `It belongs to ${office.name}, and store number ${me} in it to this site.`;
}
