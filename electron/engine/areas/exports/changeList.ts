import type { Append } from '../../../../shared/appendsSettings.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type { ExportSettings } from '../../../../shared/exportsSettings.ts';
import type { Subscription } from '../../../../shared/subscriptionsSettings.ts';
import { columnsOf } from '../../../exports/runExport.ts';
import type { PartnerParts } from '../partnerParts.ts';

/**
 * Changes the lists of exports, subscriptions and appends in the settings.
 *
 * Errors: invalid-settings, no-dataset, no-column, no-export, no-subscription, no-append, central-only (fix).
 */
export function changeList(parts: PartnerParts) {
  const { ledger, clock } = parts;
  const changed = () => {
    parts.changed('exports', 'stores', 'state');
    return {};
  };
  const firstSeen = (name: string) => {
    if (ledger.read((tables) => tables.exports.get(name)) !== undefined) return;
    ledger.commit('export-seen', (tables) =>
      tables.exports.put({ name, sinceMs: clock.now(), mark: undefined, pending: undefined }),
    );
  };
  const requireDataset = (dataset: Append['dataset']) => {
    if (parts.records().dataset(dataset) === undefined) {
      throw missing('no-dataset', `There is no dataset "${dataset}".`, 'See: branchline datasets list');
    }
  };
  return {
    firstSeen,
    saveExport(wanted: ExportSettings, replaces: string | undefined): ExportSettings {
      const before = parts.configured();
      columnsOf(parts.records(), wanted);
      const replaced = replaces ?? wanted.name;
      if (replaces !== undefined && !before.exports.some(({ name }) => name === replaces))
        throw noExport(replaces);
      const isKnown = before.exports.some(({ name }) => name === replaced);
      const exports = isKnown
        ? before.exports.map((one) => (one.name === replaced ? wanted : one))
        : [...before.exports, wanted];
      firstSeen(wanted.name);
      parts.saveSettings({ ...before, exports });
      changed();
      return wanted;
    },
    removeExport(name: string) {
      const before = parts.configured();
      if (!before.exports.some((one) => one.name === name)) throw noExport(name);
      parts.saveSettings({ ...before, exports: before.exports.filter((one) => one.name !== name) });
      ledger.commit('export-removed', (tables) => tables.exports.remove(name));
      return changed();
    },
    saveSubscription(wanted: Subscription) {
      const before = parts.configured();
      requireDataset(wanted.dataset);
      const others = before.subscriptions.filter((one) => !isSameSet(one, wanted));
      parts.saveSettings({ ...before, subscriptions: [...others, wanted] });
      return changed();
    },
    removeSubscription(dataset: string, set: string) {
      const before = parts.configured();
      const subscriptions = before.subscriptions.filter((one) => !isSameSet(one, { dataset, set }));
      if (subscriptions.length === before.subscriptions.length) {
        throw missing(
          'no-subscription',
          `No store is subscribed to ${dataset}/${set}.`,
          'See: branchline subscriptions list',
        );
      }
      parts.saveSettings({ ...before, subscriptions });
      return changed();
    },
    saveAppend(wanted: Append) {
      const before = parts.configured();
      requireDataset(wanted.dataset);
      if (!before.channels.includes(wanted.channel)) {
        throw missing(
          'no-channel',
          `There is no channel "${wanted.channel}".`,
          `Add it first: branchline channels add ${wanted.channel}`,
        );
      }
      const others = before.appends.filter(({ channel }) => channel !== wanted.channel);
      parts.saveSettings({ ...before, appends: [...others, wanted] });
      return changed();
    },
    removeAppend(channel: string) {
      const before = parts.configured();
      const appends = before.appends.filter((one) => one.channel !== channel);
      if (appends.length === before.appends.length) {
        throw missing(
          'no-append',
          `The channel ${channel} fills no dataset.`,
          'See: branchline appends list',
        );
      }
      parts.saveSettings({ ...before, appends });
      return changed();
    },
  };
}

function isSameSet(
  a: { readonly dataset: string; readonly set: string },
  b: { readonly dataset: string; readonly set: string },
): boolean {
  return a.dataset === b.dataset && a.set === b.set;
}

function noExport(name: string): ExchangeError {
  return missing('no-export', `There is no export "${name}".`, 'See: branchline exports list');
}

function missing(code: string, message: string, advice: string): ExchangeError {
  return new ExchangeError({ code, class: 'fix', message, advice });
}
