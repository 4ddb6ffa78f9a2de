import { type Office, type SiteClaim, siteClaimSchema, type Welcome } from '../../../shared/office.ts';
import { allFolder, officeFile, siteFile, tmpFolder, welcomeFile } from '../../../shared/remoteNames.ts';
import { storeNumberSchema } from '../../../shared/sites.ts';
import { uuidV7 } from '../../platform/random.ts';
import type { Transport } from '../../transport/transport.ts';
import type { RunContext } from '../siteContext.ts';
import { changeSite } from './changeSite.ts';
import { foreignOffice, lostFile, secondCentral } from './officeErrors.ts';
import { readOffice, readSealed } from './officeFiles.ts';
import { sealJson } from './sealedJson.ts';
import { publishSmallFile } from './smallFiles.ts';

/** Sets the home directory up on first contact, and meets the stores that joined since. Errors: see joinOffice. */
export async function joinAsCentral(run: RunContext): Promise<string> {
  const officeId = run.officeId;
  if (officeId === undefined) throw new Error('A central site always knows its office id.');
  return await run.pool.use(async (transport) => {
    const found = await readOffice(run, transport);
    if (found === undefined) {
      await foundOffice(run, transport, officeId);
    } else {
      if (found.officeId !== officeId) throw foreignOffice(found);
      if (found.centralGuid !== run.guid) throw secondCentral();
    }
    await meetStores(run, transport, officeId);
    return officeId;
  }, run.signal);
}

async function foundOffice(run: RunContext, transport: Transport, officeId: string): Promise<void> {
  const { signal } = run;
  for (const folder of [tmpFolder, 'central', 'stores', allFolder])
    await transport.makeFolder(folder, { signal });
  const office: Office = {
    format: 'branchline-office',
    formatVersion: 1,
    officeId,
    name: run.label,
    centralGuid: run.guid,
    createdMs: run.clock.now(),
  };
  await publishSmallFile(transport, officeFile, sealJson(office), signal);
  const readBack = await readOffice(run, transport);
  if (readBack === undefined) throw lostFile(officeFile);
  if (readBack.officeId !== officeId) throw foreignOffice(readBack);
  run.note('info', 'Set up the home directory for this office.');
}

/** Registers stores that have claimed their number since the last look, and tells each that it was seen. */
async function meetStores(run: RunContext, transport: Transport, officeId: string): Promise<void> {
  const entries = await transport.list('stores', { signal: run.signal });
  const known = new Map(run.ledger.read((tables) => tables.sites.all()).map((site) => [site.name, site]));
  for (const name of new Set(entries.filter((entry) => entry.kind === 'folder').map((entry) => entry.name))) {
    const number = storeNumberSchema.safeParse(name);
    if (!number.success || number.data !== name) continue;
    const site = known.get(number.data);
    if (site?.welcomed) continue;
    const opened = await readSealed(run, transport, siteFile(number.data), siteClaimSchema);
    if (opened === undefined) continue;
    if (!opened.ok) {
      run.attention(
        `Store ${number.data} cannot be registered: its site.json is not readable. ${opened.message}`,
      );
      continue;
    }
    await welcomeStore(run, transport, officeId, opened.value);
  }
}

async function welcomeStore(
  run: RunContext,
  transport: Transport,
  officeId: string,
  claim: SiteClaim,
): Promise<void> {
  if (claim.officeId !== officeId) {
    run.attention(`Store ${claim.number} belongs to another office and was left alone.`);
    return;
  }
  const welcome = run.ledger.commit('register-store', (tables): Welcome | undefined => {
    const site = tables.sites.get(claim.number);
    if (site?.guid !== undefined && site.guid !== claim.guid) return undefined;
    const stream = tables.outStreams.get('all') ?? {
      to: 'all' as const,
      streamId: uuidV7(run.random, run.clock),
      nextSequence: 1,
    };
    tables.outStreams.put(stream);
    const startsAt = site?.allStartsAt ?? stream.nextSequence;
    changeSite(tables, claim.number, run.clock.now(), {
      guid: claim.guid,
      label: claim.name,
      welcomed: false,
      allStartsAt: startsAt,
    });
    return {
      format: 'branchline-welcome',
      formatVersion: 1,
      officeId,
      number: claim.number,
      guid: claim.guid,
      allStreamId: stream.streamId,
      startsAt,
    };
  });
  if (welcome === undefined) {
    run.attention(`Two sites claim store number ${claim.number}. Give one of them another number.`);
    return;
  }
  await publishSmallFile(transport, welcomeFile(claim.number), sealJson(welcome), run.signal);
  run.ledger.commit('store-welcomed', (tables) => {
    const site = tables.sites.get(claim.number);
    if (site) tables.sites.put({ ...site, welcomed: true });
  });
  run.note('info', `Store ${claim.number} (${claim.name}) joined the office.`);
}
