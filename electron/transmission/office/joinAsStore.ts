import { ExchangeError } from '../../../shared/errors.ts';
import { type SiteClaim, siteClaimSchema } from '../../../shared/office.ts';
import { inboxFolder, siteFile } from '../../../shared/remoteNames.ts';
import { type SiteName, storeNumberSchema } from '../../../shared/sites.ts';
import { oweReceipt } from '../receipts/oweEditions.ts';
import type { RunContext } from '../siteContext.ts';
import { changeSite } from './changeSite.ts';
import { foreignOffice, lostFile, unreadable } from './officeErrors.ts';
import { readOffice, readSealed } from './officeFiles.ts';
import { officeMet, rememberOffice } from './officeMet.ts';
import { type OpenedJson, sealJson } from './sealedJson.ts';
import { publishSmallFile } from './smallFiles.ts';

/** Finds the office and holds this store's number in it. Errors: see joinOffice. */
export async function joinAsStore(run: RunContext, me: SiteName): Promise<string> {
  const [office, claim] = await Promise.all([
    run.pool.use((transport) => readOffice(run, transport), run.signal),
    run.pool.use((transport) => readSealed(run, transport, siteFile(me), siteClaimSchema), run.signal),
  ]);
  if (office === undefined) {
    throw new ExchangeError({
      code: 'office-missing',
      class: 'fix',
      message: 'This home directory has not been set up by a central office yet.',
      advice:
        'Check Home Dir, or run a transmission at the central office first. Files to send wait in the outgoing folder meanwhile.',
    });
  }
  const before = officeMet(run.ledger);
  if (before !== undefined && before !== office.officeId) throw foreignOffice(office);
  const number = storeNumberSchema.parse(me);
  if (claim === undefined) {
    await claimNumber(run, office.officeId, number);
  } else {
    checkClaim(run, claim, office.officeId);
  }
  if (before === undefined) {
    run.ledger.commit('office-met', (tables) => {
      rememberOffice(tables, office.officeId);
      // This store was here before, and its memory was lost: the central site is to know that its sets are gone.
      if (claim !== undefined) oweReceipt(tables);
      changeSite(tables, 'central', run.clock.now(), { guid: office.centralGuid, label: office.name });
    });
  }
  return office.officeId;
}

async function claimNumber(run: RunContext, officeId: string, number: SiteClaim['number']): Promise<void> {
  const claim: SiteClaim = {
    format: 'branchline-site',
    formatVersion: 1,
    officeId,
    number,
    guid: run.guid,
    name: run.label,
    createdMs: run.clock.now(),
  };
  await run.pool.use(async (transport) => {
    await transport.makeFolder(inboxFolder(number), { signal: run.signal });
    await publishSmallFile(transport, siteFile(number), sealJson(claim), run.signal);
    // Two stores may do this at the same moment: who stands there afterwards has the number.
    const readBack = await readSealed(run, transport, siteFile(number), siteClaimSchema);
    if (readBack === undefined) throw lostFile(siteFile(number));
    checkClaim(run, readBack, officeId);
  }, run.signal);
  run.note('info', `Claimed store number ${number} in this office.`);
}

/** Errors: store-number-taken, unreadable-office-file (fix). */
export function checkClaim(
  run: Pick<RunContext, 'me' | 'guid'>,
  claim: OpenedJson<SiteClaim>,
  officeId: string,
): void {
  if (!claim.ok) throw unreadable(siteFile(run.me), claim.message);
  if (claim.value.guid !== run.guid || claim.value.officeId !== officeId) {
    throw new ExchangeError({
      code: 'store-number-taken',
      class: 'fix',
      message: `Store number ${run.me} is already used by another installation (${claim.value.name}, GUID ${claim.value.guid}).`,
      advice: `If this machine replaces that one, set it up with its GUID: branchline init --role store --number ${run.me} --guid ${claim.value.guid}. Otherwise give this store its own number.`,
    });
  }
}
