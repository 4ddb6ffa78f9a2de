import type { z } from 'zod';
import { ExchangeError } from '../../../shared/errors.ts';
import {
  type Office,
  officeSchema,
  type SiteClaim,
  siteClaimSchema,
  type Welcome,
  welcomeSchema,
} from '../../../shared/office.ts';
import {
  allFolder,
  inboxFolder,
  officeFile,
  siteFile,
  tmpFolder,
  welcomeFile,
} from '../../../shared/remoteNames.ts';
import { type SiteName, storeNumberSchema } from '../../../shared/sites.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { uuidV7 } from '../../platform/random.ts';
import type { Transport } from '../../transport/transport.ts';
import type { RunContext } from '../siteContext.ts';
import { type OpenedJson, openJson, sealJson } from './sealedJson.ts';
import { publishSmallFile, readSmallFile } from './smallFiles.ts';

const maxBytes = 64 * 1024;
const officeFact = 'office';
const welcomeFact = 'welcome';

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

async function joinAsCentral(run: RunContext): Promise<string> {
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
    tables.sites.put({
      name: claim.number,
      firstSeenMs: site?.firstSeenMs ?? run.clock.now(),
      lastReceiptNumber: site?.lastReceiptNumber ?? 0,
      lastReceiptMs: site?.lastReceiptMs,
      lastReceiptMade: site?.lastReceiptMade ?? 0,
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

async function joinAsStore(run: RunContext, me: SiteName): Promise<string> {
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
      tables.facts.set(officeFact, office.officeId);
      tables.sites.put({
        name: 'central',
        guid: office.centralGuid,
        label: office.name,
        firstSeenMs: run.clock.now(),
        lastReceiptNumber: 0,
        lastReceiptMs: undefined,
        lastReceiptMade: 0,
        welcomed: false,
        allStartsAt: undefined,
      });
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

function checkClaim(run: RunContext, claim: OpenedJson<SiteClaim>, officeId: string): void {
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

/**
 * Takes the central site's welcome when it is new.
 *
 * `seen` tells the listed file apart from the one taken before (its size and time).
 */
export async function takeWelcome(run: RunContext, transport: Transport, seen: string): Promise<void> {
  const opened = await readSealed(run, transport, welcomeFile(run.me), welcomeSchema);
  if (opened === undefined) return;
  if (!opened.ok) throw unreadable(welcomeFile(run.me), opened.message);
  const welcome = opened.value;
  if (welcome.guid !== run.guid) return;
  run.ledger.commit('welcome-taken', (tables) =>
    tables.facts.set(welcomeFact, JSON.stringify({ seen, welcome })),
  );
}

/** The welcome taken so far, and what its file looked like. */
export function knownWelcome(
  run: RunContext,
): { readonly seen: string; readonly welcome: Welcome } | undefined {
  const text = run.ledger.read((tables) => tables.facts.get(welcomeFact));
  if (text === undefined) return undefined;
  const parsed: { seen: string; welcome: unknown } = JSON.parse(text);
  return { seen: parsed.seen, welcome: welcomeSchema.parse(parsed.welcome) };
}

async function readOffice(run: RunContext, transport: Transport): Promise<Office | undefined> {
  const opened = await readSealed(run, transport, officeFile, officeSchema);
  if (opened === undefined) return undefined;
  if (!opened.ok) throw unreadable(officeFile, opened.message);
  return opened.value;
}

/** Reads a sealed file; a damaged one is read a second time, since the damage may be on the way. */
async function readSealed<T>(
  run: RunContext,
  transport: Transport,
  path: string,
  schema: z.ZodType<T>,
): Promise<OpenedJson<T> | undefined> {
  const read = async () => {
    const bytes = await readSmallFile(transport, path, maxBytes, run.signal);
    return bytes === undefined ? undefined : openJson(bytes, schema);
  };
  const first = await read();
  return first !== undefined && !first.ok && first.why === 'damaged' ? await read() : first;
}

/** The office a store has met, or undefined before its first transmission. */
export function officeMet(ledger: Ledger): string | undefined {
  return ledger.read((tables) => tables.facts.get(officeFact));
}

function foreignOffice(office: Office): ExchangeError {
  return new ExchangeError({
    code: 'foreign-office',
    class: 'fix',
    message: `This home directory belongs to another office (${office.name}).`,
    advice: 'Check Host, Username and Home Dir. Each office needs a home directory of its own.',
  });
}

function secondCentral(): ExchangeError {
  return new ExchangeError({
    code: 'foreign-office',
    class: 'fix',
    message: 'Another installation is already the central site of this office.',
    advice:
      'An office has exactly one central site. If this machine replaces the former one, set it up with its GUID (branchline init --role central --guid … --office-id …).',
  });
}

function unreadable(path: string, message: string): ExchangeError {
  return new ExchangeError({
    code: 'unreadable-office-file',
    class: 'fix',
    message: `${path} on the server cannot be read. ${message}`,
    advice:
      'Try again; if it stays so, look at the file with an FTP program. A newer Branchline may have written it.',
  });
}

function lostFile(path: string): ExchangeError {
  return new ExchangeError({
    code: 'lost-file',
    class: 'retry',
    message: `${path} was written, but is not readable afterwards.`,
    advice: 'Run the self-check.',
  });
}
