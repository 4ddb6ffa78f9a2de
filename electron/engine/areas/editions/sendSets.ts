import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExchangeError } from '../../../../shared/errors.ts';
import { setKey, setsChannel } from '../../../../shared/setManifest.ts';
import type { SiteName } from '../../../../shared/sites.ts';
import type { Subscription } from '../../../../shared/subscriptionsSettings.ts';
import type { SetIssueRow, SetSendRow } from '../../../ledger/exportRows.ts';
import type { LedgerTables } from '../../../ledger/ledger.ts';
import type { Records } from '../../../records/records.ts';
import { cancelDeliveries } from '../../../transmission/publish/queueActions.ts';
import type { RunContext } from '../../../transmission/siteContext.ts';
import { decideSends, type PlannedSend } from './decideSends.ts';
import { issueSet } from './issueSet.ts';
import { placeSet, removePlaced, removeUnpacked, setPath, stageSet } from './setFiles.ts';

export interface SendSetsParts {
  readonly records: () => Records;
  readonly subscriptions: readonly Subscription[];
  /** A folder to work in. */
  readonly workFolder: string;
}

/**
 * Puts the published sets that stores are subscribed to into the outgoing folder, before packing.
 *
 * Promise: each issue goes to each store once, whatever is killed when; a newer one takes the place of those that
 *          are not sent yet. One set's trouble does not hold up the others.
 */
export async function sendSets(run: RunContext, parts: SendSetsParts): Promise<void> {
  await forgetUnsubscribed(run, parts.subscriptions);
  for (const subscription of parts.subscriptions) {
    try {
      await sendSet(run, parts, subscription);
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.class === 'cancelled') throw error;
      const name = setKey(subscription.dataset, subscription.set);
      run.attention(`The set ${name} could not be made ready for the stores: ${error.message}`);
    }
  }
}

async function forgetUnsubscribed(run: RunContext, subscriptions: readonly Subscription[]): Promise<void> {
  const names = new Set(subscriptions.map(({ dataset, set }) => setKey(dataset, set)));
  const gone = run.ledger
    .read((tables) => tables.sets.issues())
    .filter(({ dataset, set }) => !names.has(setKey(dataset, set)));
  for (const issue of gone) {
    await removeUnpacked(run.folders.outgoing, issue, undefined);
    run.ledger.commit('set-forgotten', (tables) => tables.sets.forget(issue.dataset, issue.set));
  }
}

async function sendSet(run: RunContext, parts: SendSetsParts, subscription: Subscription): Promise<void> {
  const { dataset, set } = subscription;
  const records = parts.records();
  const schema = records.dataset(dataset);
  const published = records.sets(dataset).find((one) => one.set === set)?.published;
  if (schema === undefined || published === undefined || run.officeId === undefined) return;
  const last = run.ledger.read((tables) => tables.sets.issue(dataset, set));
  const issue = issueSet(records, { dataset, set, published, last, nowMs: run.clock.now() });
  if (issue !== last) run.ledger.commit('set-issued', (tables) => tables.sets.putIssue(issue));
  await removeUnpacked(run.folders.outgoing, issue, issue.issue);
  cancelSuperseded(run, issue);
  const { planned, halfWritten } = run.ledger.read((tables) => planSends(tables, issue, subscription));
  if (planned.length === 0) return;
  for (const send of halfWritten) await removePlaced(run.folders.outgoing, send);
  run.progress.what(`${dataset}/${set} for the stores`);
  // References were checked here; a store does not have the datasets that they point into.
  const forStores = {
    ...schema,
    columns: schema.columns.map(({ reference: _, ...column }) => column),
  };
  run.ledger.commit('set-sending', (tables) => {
    for (const { site, attempt, target } of planned) {
      const sentMs = run.clock.now();
      tables.sets.putSend({
        dataset,
        set,
        site,
        issue: issue.issue,
        attempt,
        target,
        state: 'writing',
        sentMs,
      });
    }
  });
  const staged = await stageSet(
    records,
    parts.workFolder,
    published,
    {
      format: 'branchline-set',
      formatVersion: 1,
      officeId: run.officeId,
      dataset: forStores,
      set,
      edition: issue.edition,
      issue: issue.issue,
      columns: schema.columns.map(({ name }) => name),
      rows: issue.rows,
    },
    run.signal,
  );
  const targets = new Map(planned.map(({ target, attempt }) => [target, attempt]));
  for (const [target, attempt] of targets) await placeSet(staged, run.folders.outgoing, target, attempt);
  run.ledger.commit('set-sent', (tables) => {
    for (const { site } of planned) tables.sets.setWritten({ dataset, set, site });
    const { rows } = staged.manifest;
    tables.sets.putIssue({ ...issue, rows, readMs: staged.untilMs });
  });
  await rm(join(parts.workFolder, `${dataset}-${set}.csv`), { force: true });
  const who = [...targets.keys()].map((target) => (target === 'all' ? 'all stores' : `store ${target}`));
  run.note('info', `Sending ${dataset}/${set}, ${issue.rows} row(s), to ${who.join(', ')}.`);
}

function planSends(
  tables: LedgerTables,
  issue: SetIssueRow,
  { dataset, set, stores }: Subscription,
): { readonly planned: readonly PlannedSend[]; readonly halfWritten: readonly SetSendRow[] } {
  // What a kill left as an intent may have been packed since, by a run without a connection.
  const sends = tables.sets
    .sends(dataset, set)
    .map((send): SetSendRow => (packetOf(tables, send) === undefined ? send : { ...send, state: 'written' }));
  const name = setKey(dataset, set);
  const told = new Map<SiteName, string | undefined>();
  for (const row of tables.sets.storeEditions()) if (row.name === name) told.set(row.site, row.edition);
  const planned = decideSends({
    issue,
    joined: tables.sites
      .all()
      .flatMap((site) => (site.name !== 'central' && site.welcomed ? [site.name] : [])),
    stores,
    sends,
    told,
    isAnswered: (send) => {
      const packetId = packetOf(tables, send);
      return packetId !== undefined && tables.answers.get(packetId, send.site)?.outcome !== undefined;
    },
  });
  return { planned, halfWritten: sends.filter(({ state }) => state === 'writing') };
}

function packetOf(tables: LedgerTables, send: SetSendRow): string | undefined {
  return tables.sets.packetOf(send.target, setsChannel, setPath(send, send, 'json'));
}

/** Packets that wait and hold nothing but older issues of this set are given up: nobody needs them any more. */
function cancelSuperseded(run: RunContext, issue: SetIssueRow): void {
  const prefix = `${issue.dataset}/${issue.set}/`;
  const present = `${prefix}${issue.issue}-`;
  const isOld = (path: string) => path.startsWith(prefix) && !path.startsWith(present);
  const old = run.ledger.read((tables) =>
    tables.deliveries.inState('queued', 'skipped').filter(({ packetId, stage }) => {
      const files = tables.packets.files(packetId);
      return (
        // One whose rename has begun may be there already.
        stage !== 'renaming' &&
        files.length > 0 &&
        files.every(({ channel, path }) => channel === setsChannel && isOld(path))
      );
    }),
  );
  if (old.length === 0) return;
  cancelDeliveries(
    run.ledger,
    old.map(({ id }) => id),
  );
  run.note('info', `${issue.dataset}/${issue.set} has a newer edition; the older one is not sent any more.`);
}
