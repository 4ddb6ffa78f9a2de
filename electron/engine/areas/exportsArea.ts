import { join } from 'node:path';
import type { exportsCalls } from '../../../shared/contract/exportsCalls.ts';
import type { StoreEdition } from '../../../shared/contract/rows.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { SiteName } from '../../../shared/sites.ts';
import type { RunContext } from '../../transmission/siteContext.ts';
import { appendArrived } from './appends/appendArrived.ts';
import type { Area } from './area.ts';
import { storeEditions, subscriptionViews } from './editions/editionViews.ts';
import { heldEditions } from './editions/heldEditions.ts';
import { sendSets } from './editions/sendSets.ts';
import { takeSets } from './editions/takeSets.ts';
import { changeList } from './exports/changeList.ts';
import { createExportRuns } from './exports/exportRuns.ts';
import { createExportSchedules } from './exports/exportSchedules.ts';
import { exportRunView, exportView, isDue } from './exports/exportViews.ts';
import { previewExport } from './exports/previewExport.ts';
import type { PartnerParts } from './partnerParts.ts';

/** Exports to partners, sets sent to stores, and channels that fill datasets. */
export interface ExportsArea extends Area<keyof typeof exportsCalls> {
  /** What each store has of the sets that it gets. */
  storeEditions(settings: Settings): ReadonlyMap<SiteName, StoreEdition[]>;
}

export function createExportsArea(parts: PartnerParts): ExportsArea {
  const { ledger, clock, records } = parts;
  const runs = createExportRuns(parts);
  const schedules = createExportSchedules({
    clock,
    ledger,
    settings: () => readable(parts),
    start: (name) => void runs.start(name, 'schedule', false),
  });
  const lists = changeList(parts);
  const views = () => ({ ledger, records, runs, nowMs: clock.now() });
  const editionParts = (settings: Settings) => ({ ledger, records, settings });

  return {
    handlers: {
      'exports.list': () => parts.configured().exports.map((one) => exportView(views(), one)),
      'exports.save': ({ settings, replaces }) => {
        requireCentral(parts);
        return exportView(views(), lists.saveExport(settings, replaces));
      },
      'exports.remove': ({ name }) => {
        const active = runs.active(name);
        if (active !== undefined) runs.cancel(active.runId);
        return lists.removeExport(name);
      },
      'exports.run': ({ name, complete, startedBy }) => {
        const names = name === undefined ? parts.configured().exports.map((one) => one.name) : [name];
        requireCentral(parts);
        return { runs: names.map((one) => ({ name: one, ...runs.start(one, startedBy, complete) })) };
      },
      'exports.cancel': ({ runId }) => {
        runs.cancel(runId);
        return {};
      },
      'exports.result': ({ runId }) => {
        const row = ledger.read((tables) => tables.exports.run(runId));
        return row && exportRunView(row, runs.active(row.name)?.runId);
      },
      'exports.history': ({ name, limit }) =>
        ledger
          .read((tables) => tables.exports.runs(limit, name))
          .map((row) => exportRunView(row, runs.active(row.name)?.runId)),
      'exports.preview': ({ settings, limit }) => previewExport(records(), settings, limit),

      'subscriptions.list': () => subscriptionViews(editionParts(parts.configured())),
      'subscriptions.save': ({ subscription }) => {
        requireCentral(parts);
        lists.saveSubscription(subscription);
        const saved = subscriptionViews(editionParts(parts.configured())).find(
          ({ subscription: one }) => one.dataset === subscription.dataset && one.set === subscription.set,
        );
        return saved ?? { subscription, stores: { current: 0, older: 0, none: 0 } };
      },
      'subscriptions.remove': ({ dataset, set }) => lists.removeSubscription(dataset, set),
      'subscriptions.stores': () =>
        [...storeEditions(editionParts(parts.configured()))].map(([site, editions]) => ({ site, editions })),

      'appends.list': () => parts.configured().appends,
      'appends.save': ({ append }) => lists.saveAppend(append),
      'appends.remove': ({ channel }) => lists.removeAppend(channel),
    },
    hooks: {
      async beforeExport(run) {
        const settings = parts.configured();
        if (settings.site.role !== 'central') return;
        await sendSets(run, {
          records,
          subscriptions: settings.subscriptions,
          workFolder: join(parts.dataDir, 'sets'),
        });
        await runDue(run, settings);
      },
      async afterImport(run) {
        const settings = parts.configured();
        if (settings.site.role === 'store') await takeSets(run, records);
        await appendArrived(run, { records, appends: settings.appends });
        parts.changed('records');
      },
      editions: () => heldEditions(records()),
    },
    attention: () =>
      (readable(parts)?.exports ?? []).flatMap(({ name }) => {
        const last = ledger.read((tables) => tables.exports.runs(1, name))[0];
        return last?.outcome === 'failed'
          ? [`The export ${name} failed: ${last.error?.message ?? ''} (branchline exports run ${name})`]
          : [];
      }),
    begin: () => schedules.begin(),
    onSettings: () => schedules.plan(),
    async close() {
      schedules.stop();
      await runs.stop();
    },
    storeEditions: (settings) => storeEditions(editionParts(settings)),
  };

  /** Exports whose time has come travel with a transmission; a failing one does not fail it. */
  async function runDue(run: RunContext, settings: Settings): Promise<void> {
    for (const one of settings.exports) {
      lists.firstSeen(one.name);
      if (runs.active(one.name) !== undefined || !isDue(ledger, one, clock.now())) continue;
      run.progress.what(`export ${one.name}`);
      const ended = await runs.runWithin(one, run);
      if (ended.outcome === 'cancelled') throw new ExchangeError(cancelled(ended.error));
      if (ended.error !== undefined) run.attention(`The export ${one.name} failed: ${ended.error.message}`);
      else if (ended.outcome === 'done')
        run.note('info', `Exported ${ended.rows} row(s) as ${one.folder}/${ended.fileName}.`);
      else run.note('info', `Nothing has changed for the export ${one.name}.`);
    }
  }
}

function cancelled(error: { readonly message: string } | undefined) {
  return {
    code: 'cancelled',
    class: 'cancelled' as const,
    message: error?.message ?? 'The run was cancelled.',
  };
}

function requireCentral(parts: PartnerParts): void {
  if (parts.configured().site.role === 'central') return;
  throw new ExchangeError({
    code: 'central-only',
    class: 'fix',
    message: 'Only the central site exports to partners and sends sets to stores.',
    advice: 'Run this command at the central site.',
  });
}

/** Settings that cannot be read are told elsewhere. */
function readable(parts: PartnerParts): Settings | undefined {
  try {
    return parts.settings();
  } catch (error) {
    if (error instanceof ExchangeError) return undefined;
    throw error;
  }
}
