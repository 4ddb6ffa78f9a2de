import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DropFolderSettings, dropFolderSchema } from '../../../../shared/dropFolderSettings.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type {
  AttachmentRow,
  CustomerFiles,
  FoundCustomer,
  UnidentifiedRow,
} from '../../../customerFiles/customerFiles.ts';
import { customerOf, findCustomer, identify, whyNotMatchable } from '../../../customerFiles/identify.ts';
import { type LikelyMatch, likelyMatches } from '../../../customerFiles/likelyMatches.ts';
import {
  attachUnidentified,
  deleteUnidentified,
  fetchUnidentified,
  type HandRun,
  putBackUnidentified,
} from '../../../customerFiles/resolveUnidentified.ts';
import type { TransportPool } from '../../../transport/transport.ts';
import type { PartnerParts } from '../partnerParts.ts';
import { forwardFiles } from './forwardFiles.ts';
import { readPart } from './readPart.ts';

/** The largest file that is fetched for a look at it. */
const mostPreviewBytes = 20 * 1024 * 1024;
const mostMatches = 8;
const mostFound = 20;

export interface UnidentifiedParts extends PartnerParts {
  files(): CustomerFiles;
  withPool<T>(signal: AbortSignal | undefined, work: (pool: TransportPool) => Promise<T>): Promise<T>;
  alone<T>(work: () => Promise<T>): Promise<T>;
  changed(): void;
}

/** What people do with files that nobody was found for. */
export function createUnidentifiedWork(parts: UnidentifiedParts) {
  const { files, withPool, alone } = parts;

  const open = (id: number): UnidentifiedRow => {
    const row = files().getUnidentified(id);
    if (row?.state === 'open' && row.remoteName !== undefined) return row;
    throw new ExchangeError({
      code: 'not-found',
      class: 'fix',
      message: `There is no unidentified file with the id ${id}.`,
      advice: 'It may have been resolved meanwhile. See: branchline customer-files unidentified list',
    });
  };

  /** A folder that is no longer set up still says whose its files are, by its preset. */
  const folderOf = (row: UnidentifiedRow): DropFolderSettings => {
    const found = parts.configured().dropFolders.folders.find(({ path }) => path === row.folder);
    return (
      found ??
      dropFolderSchema.parse({
        name: 'removed',
        path: row.folder,
        dataset: 'customers',
        column: 'account_number',
      })
    );
  };

  const onSite = <T>(work: (run: HandRun) => Promise<T>): Promise<T> =>
    alone(() =>
      withPool(undefined, (pool) => {
        const { inbox } = parts.site(parts.configured()).folders;
        return work({ pool, inbox, signal: undefined });
      }),
    );

  /** Records answer in words while they cannot be asked. */
  const matchable = (folder: DropFolderSettings): boolean =>
    whyNotMatchable(parts.records(), folder) === undefined;

  const customer = (folder: DropFolderSettings, typed: string): FoundCustomer => {
    const records = parts.records();
    const found = findCustomer(records, folder, typed) ?? identify(records, folder, typed);
    if (typeof found === 'object') return found;
    throw new ExchangeError({
      code: 'no-customer',
      class: 'fix',
      message: `There is no customer ${JSON.stringify(typed)} in the dataset "${folder.dataset}".`,
      advice: `Give the customer's key, or its ${folder.column}.`,
    });
  };

  return {
    async preview(id: number, offset: number) {
      const row = open(id);
      const { inbox } = parts.site(parts.configured()).folders;
      const cached = join(inbox, 'unidentified', String(row.id));
      const size = await stat(cached).then(
        (found) => found.size,
        () => undefined,
      );
      // The first part fetches it anew: it may have changed. The last one gives the room back.
      if (offset === 0 || size === undefined)
        await onSite((run) => fetchUnidentified(run, row, mostPreviewBytes));
      const part = await readPart(cached, offset);
      const read = offset + Buffer.byteLength(part.base64, 'base64');
      if (read >= part.sizeBytes) await rm(cached, { force: true });
      return part;
    },
    likely(id: number): LikelyMatch[] {
      const row = open(id);
      const folder = folderOf(row);
      return matchable(folder) ? likelyMatches(parts.records(), folder, row, mostMatches) : [];
    },
    find(id: number, search: string): FoundCustomer[] {
      const folder = folderOf(open(id));
      const records = parts.records();
      if (!matchable(folder) || search.trim() === '') return [];
      const dataset = records.dataset(folder.dataset);
      if (dataset === undefined) return [];
      const exact = records.find(folder.dataset, folder.column, search, mostFound);
      const { rows } = records.rows({ dataset: folder.dataset, search: search.trim(), limit: mostFound });
      const found = [...exact, ...rows].flatMap((row) => customerOf(dataset, folder, row) ?? []);
      return [...new Map(found.map((one) => [one.customer, one])).values()].slice(0, mostFound);
    },
    async attach(
      id: number,
      typed: string,
    ): Promise<{ readonly attachment: AttachmentRow; readonly label: string; readonly again: boolean }> {
      const row = open(id);
      const folder = folderOf(row);
      const whose = customer(folder, typed.trim());
      const attached = await onSite((run) =>
        attachUnidentified(files(), run, row, { customer: whose, folder }),
      ).finally(parts.changed);
      await forwardFiles(parts.site(parts.configured()), files(), () => undefined);
      return { ...attached, label: whose.label };
    },
    async putBack(id: number): Promise<void> {
      const row = open(id);
      await onSite((run) => putBackUnidentified(files(), run, row)).finally(parts.changed);
    },
    async remove(id: number): Promise<void> {
      const row = open(id);
      await onSite((run) => deleteUnidentified(files(), run, row)).finally(parts.changed);
    },
  };
}
