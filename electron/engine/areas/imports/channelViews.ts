import type { ImportChannelView, ImportEdition } from '../../../../shared/contract/importsCalls.ts';
import { type SetName, setNameSchema } from '../../../../shared/dataset.ts';
import type { ImportRow } from '../../../../shared/importReport.ts';
import type { ImportChannel } from '../../../../shared/importsSettings.ts';
import type { ImportRuns } from '../../../imports/importRuns.ts';
import type { Edition, Records } from '../../../records/records.ts';

/** Where files for a channel are put, in words. */
function placeOf({ from }: ImportChannel): string {
  return 'folder' in from ? `FTP folder ${from.folder}` : `packet channel ${from.channel}`;
}

/** The sets of a channel: with a folder that ends in "/*", those that ever had an import. */
export function setsOf(channel: ImportChannel, runs: ImportRuns): SetName[] {
  if (!('folder' in channel.from) || !channel.from.folder.endsWith('/*')) return [channel.set];
  const names = runs.list({ channel: channel.name, limit: 1000 }).map(({ set }) => set);
  return [...new Set(names)].sort().flatMap((name) => {
    const set = setNameSchema.safeParse(name);
    return set.success ? [set.data] : [];
  });
}

export function viewOf(channel: ImportChannel, runs: ImportRuns, records: Records): ImportChannelView {
  const known = records.dataset(channel.dataset) !== undefined;
  return {
    channel,
    place: placeOf(channel),
    sets: setsOf(channel, runs).map((set) => {
      const editions = known ? records.editions(channel.dataset, set) : [];
      const published = editions.find(({ state }) => state === 'published');
      const lastRun = lastOf(runs, channel, set);
      return {
        set,
        canRollBack: editions.some(
          ({ state, madeMs }) =>
            state === 'archived' && (published === undefined || madeMs < published.madeMs),
        ),
        ...(published === undefined ? {} : { published: editionOf(published) }),
        ...(lastRun === undefined ? {} : { lastRun }),
      };
    }),
  };
}

/** The last that was meant: a preview says nothing of how a channel stands. */
export function lastOf(runs: ImportRuns, channel: ImportChannel, set: SetName): ImportRow | undefined {
  return runs.list({ channel: channel.name, set, limit: 20 }).find(({ mode }) => mode !== 'preview');
}

export function editionOf({ editionId, state, rows, source, madeMs, publishedMs }: Edition): ImportEdition {
  return { editionId, state, rows, source, madeMs, ...(publishedMs === undefined ? {} : { publishedMs }) };
}
