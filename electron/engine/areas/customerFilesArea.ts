import { existsSync } from 'node:fs';
import type { Attachment, customerFilesCalls } from '../../../shared/contract/customerFilesCalls.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { AttachmentRow, CustomerFiles } from '../../customerFiles/customerFiles.ts';
import { openCustomerFiles } from '../../customerFiles/openCustomerFiles.ts';
import { dataPaths } from '../../platform/paths.ts';
import { createTransportPool } from '../../transport/pool/transportPool.ts';
import type { TransportPool } from '../../transport/transport.ts';
import type { Area } from './area.ts';
import { runDropFolders } from './customerFiles/dropRun.ts';
import { createDropRuns } from './customerFiles/dropRuns.ts';
import { readPart } from './customerFiles/readPart.ts';
import { createUnidentifiedWork } from './customerFiles/unidentifiedWork.ts';
import type { PartnerParts } from './partnerParts.ts';

/** Customers' files from drop folders: at the central site, within transmissions and on demand. */
export function createCustomerFilesArea(parts: PartnerParts): Area<keyof typeof customerFilesCalls> {
  const { dataDir, clock } = parts;
  const index = dataPaths(dataDir).customerFiles;
  const attachmentsFolder = () => dataPaths(dataDir, parts.settings()?.folders).attachments;
  let opened: CustomerFiles | undefined;
  let openedFor = '';
  const files = (): CustomerFiles => {
    if (opened === undefined) {
      openedFor = attachmentsFolder();
      opened = openCustomerFiles({ path: index, attachments: openedFor, clock });
    }
    return opened;
  };
  const changed = () => parts.changed('customer-files', 'state');
  const runs = createDropRuns(parts);

  const withPool = async <T>(signal: AbortSignal | undefined, work: (pool: TransportPool) => Promise<T>) => {
    const limit = parts.configured().ftp.connections;
    const pool = createTransportPool(await parts.factory(), { limit, clock, signal });
    try {
      return await work(pool);
    } finally {
      await pool.close();
    }
  };
  const unidentified = createUnidentifiedWork({ ...parts, files, withPool, alone: runs.alone, changed });

  const shown = (row: AttachmentRow): Attachment => {
    const { storedPath: _, ...plain } = row;
    return { ...plain, path: files().pathOf(row) };
  };

  const attachment = (id: number): AttachmentRow => {
    const row = files().attachment(id);
    if (row === undefined) throw noSuchFile(id);
    return row;
  };

  return {
    handlers: {
      'customerFiles.customers': (query) => files().customers(query),
      'customerFiles.files': (ref) => ({
        customer: files().customer(ref),
        files: files().filesOf(ref).map(shown),
      }),
      'customerFiles.file': ({ id }) => shown(attachment(id)),
      'customerFiles.read': async ({ id, offset }) => {
        return await readPart(files().pathOf(attachment(id)), offset);
      },
      'customerFiles.unidentified': () =>
        files()
          .unidentified()
          .map(({ id, folder, name, key, reason, sizeBytes, modifiedMs, foundMs }) => ({
            id,
            folder,
            name,
            key,
            reason,
            sizeBytes,
            modifiedMs,
            foundMs,
          })),
      'customerFiles.preview': ({ id, offset }) => unidentified.preview(id, offset),
      'customerFiles.likely': ({ id }) => unidentified.likely(id),
      'customerFiles.find': ({ id, search }) => unidentified.find(id, search),
      'customerFiles.attach': async ({ id, customer }) => {
        const { attachment, label, again } = await unidentified.attach(id, customer);
        return { attachment: shown(attachment), label, again };
      },
      'customerFiles.putBack': async ({ id }) => {
        await unidentified.putBack(id);
        return {};
      },
      'customerFiles.delete': async ({ id }) => {
        await unidentified.remove(id);
        return {};
      },
      'customerFiles.run': ({ folder }) => {
        const settings = requireFolders(parts.configured(), folder);
        const wanted = settings.dropFolders.folders.filter(
          ({ name }) => folder === undefined || name === folder,
        );
        return runs.start((watching, signal) =>
          withPool(signal, async (pool) => {
            const site = parts.site(settings);
            const records = parts.records();
            try {
              return await runDropFolders(
                { settings, site, records, files: files(), pool, signal, ...watching },
                wanted,
              );
            } finally {
              changed();
            }
          }),
        );
      },
      'customerFiles.cancel': () => {
        runs.cancel();
        return {};
      },
      'customerFiles.running': () => runs.running,
    },
    hooks: {
      async beforeExport(run) {
        const settings = parts.settings();
        if (settings?.site.role !== 'central' || settings.dropFolders.folders.length === 0) return;
        const result = await runs.alone(() =>
          runDropFolders(
            {
              settings,
              site: run,
              records: parts.records(),
              files: files(),
              pool: run.pool,
              signal: run.signal,
              note: run.note,
              onFolder: ({ path }) => run.progress.what(path),
              onFile: (name) => run.progress.what(name),
            },
            settings.dropFolders.folders,
          ),
        );
        for (const problem of result.problems) run.attention(problem);
        if (result.attached + result.unidentified > 0) parts.changed('customer-files');
      },
    },
    attention() {
      // Asked with every state: the index is not made for it.
      if (opened === undefined && !existsSync(index)) return [];
      const count = files().countUnidentified();
      if (count === 0) return [];
      const what = count === 1 ? 'One file' : `${count} files`;
      return [`${what} in drop folders could not be identified: look at Customer files, Unidentified.`];
    },
    onSettings() {
      if (opened === undefined || openedFor === attachmentsFolder()) return;
      // Whatever is being attached is attached where it was begun.
      void runs.alone(async () => {
        opened?.close();
        opened = undefined;
      });
    },
    async close() {
      await runs.stop();
      opened?.close();
      opened = undefined;
    },
  };
}

/** Errors: not-central, no-drop-folder (fix). */
function requireFolders(settings: Settings, name: string | undefined): Settings {
  const { folders } = settings.dropFolders;
  const advice = 'Switch one on: branchline drop-folders add --preset account-number';
  const fix = (code: string, message: string, toDo = advice) =>
    new ExchangeError({ code, class: 'fix', message, advice: toDo });
  if (settings.site.role !== 'central')
    throw fix(
      'not-central',
      'Only the central site looks into drop folders.',
      'Do this at the central site.',
    );
  if (folders.length === 0) throw fix('no-drop-folder', 'There are no drop folders yet.');
  if (name !== undefined && !folders.some((folder) => folder.name === name))
    throw fix('no-drop-folder', `There is no drop folder "${name}".`, 'See: branchline drop-folders list');
  return settings;
}

function noSuchFile(id: number): ExchangeError {
  return new ExchangeError({
    code: 'not-found',
    class: 'fix',
    message: `There is no file with the id ${id}.`,
    advice: 'The ids stand in: branchline customer-files show <customer>',
  });
}
