import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { importsCalls } from '../../../shared/contract/importsCalls.ts';
import { type SetName, setNameSchema } from '../../../shared/dataset.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { ImportChannel } from '../../../shared/importsSettings.ts';
import { importError } from '../../imports/importError.ts';
import { rejectedPath } from '../../imports/importFiles.ts';
import type { ImportParts } from '../../imports/importRequest.ts';
import { recoverImports } from '../../imports/resumeImport.ts';
import { rollBack } from '../../imports/rollBack.ts';
import { uuidV7 } from '../../platform/random.ts';
import type { Area } from './area.ts';
import { editionOf, lastOf, setsOf, viewOf } from './imports/channelViews.ts';
import { importHooks } from './imports/importHooks.ts';
import { createImportWork } from './imports/importWork.ts';
import { ledgerRuns } from './imports/ledgerRuns.ts';
import { readRejected } from './imports/readRejected.ts';
import { createTakes } from './imports/takes.ts';
import { tellPeople } from './imports/tellPeople.ts';
import { createUploads } from './imports/uploads.ts';
import type { PartnerParts } from './partnerParts.ts';

export function createImportsArea(area: PartnerParts): Area<keyof typeof importsCalls> {
  const { clock, random, records } = area;
  const folder = join(area.dataDir, 'imports');
  const runs = ledgerRuns(area.ledger);
  const parts: ImportParts = { records, runs, clock, random, folder, tell: tellPeople(area) };
  const channels = () => area.settings()?.imports ?? [];
  const recover = recoverOnce(parts, channels);
  const work = createImportWork(area, parts, recover);
  const uploads = createUploads(join(folder, 'uploads'), area);
  const takes = createTakes({ area, parts, work });

  const known = (name: string): ImportChannel => {
    const channel = area.configured().imports.find((each) => each.name === name);
    if (channel !== undefined) return channel;
    throw importError(
      'unknown-import-channel',
      `There is no import channel ${name}.`,
      'See: branchline imports channels list',
    );
  };
  const setOf = (channel: ImportChannel, set: string | undefined): SetName => {
    if (set !== undefined) return setNameSchema.parse(set);
    if ('folder' in channel.from && channel.from.folder.endsWith('/*')) {
      throw importError(
        'set-needed',
        `The import channel ${channel.name} has several sets: say which.`,
        'For example: --set default',
      );
    }
    return channel.set;
  };
  try {
    recover();
  } catch {
    // Records that cannot be opened are a matter for who asks for them: tried again before the next import.
  }

  return {
    handlers: {
      'imports.channels': () => channels().map((channel) => viewOf(channel, runs, records())),
      'imports.putChannel': ({ channel }) => {
        const settings = area.configured();
        const others = settings.imports.filter(({ name }) => name !== channel.name);
        area.saveSettings({ ...settings, imports: [...others, channel] });
        area.changed('imports', 'state');
        return {};
      },
      'imports.removeChannel': ({ name }) => {
        known(name);
        const settings = area.configured();
        area.saveSettings({ ...settings, imports: settings.imports.filter((each) => each.name !== name) });
        area.changed('imports', 'state');
        return {};
      },

      'imports.beginUpload': ({ name, sizeBytes }) => ({ uploadId: uploads.begin(name, sizeBytes) }),
      'imports.addPiece': ({ uploadId, offset, base64 }) => ({
        receivedBytes: uploads.add(uploadId, offset, Buffer.from(base64, 'base64')),
      }),
      'imports.start': ({ channel: name, set, mode, uploadId, startedBy }) => {
        const channel = known(name);
        const upload = {
          channel,
          set: setOf(channel, set),
          mode,
          origin: startedBy,
          ...uploads.take(uploadId),
        };
        const runId = uuidV7(random, clock);
        const done = work.run({ ...upload, runId, sourceKey: `upload ${uploadId}` });
        // What nobody foresaw was told in the event.
        void done.catch(() => undefined).then(() => rmSync(upload.path, { force: true }));
        return { runId };
      },
      'imports.take': ({ channel }) => ({
        takeId: takes.start(channel === undefined ? channels() : [known(channel)]),
      }),
      'imports.cancel': ({ runId }) => {
        work.cancel(runId);
        return {};
      },
      'imports.active': () => work.active(),

      'imports.list': (query) => runs.list(query),
      'imports.show': ({ runId }) => runs.get(runId),
      'imports.rejected': ({ runId, offset }) => readRejected(rejectedPath(folder, checkedId(runId)), offset),

      'imports.editions': ({ channel: name, set }) => {
        const channel = known(name);
        return records().editions(channel.dataset, setOf(channel, set)).map(editionOf);
      },
      'imports.rollback': async ({ channel: name, set, editionId, startedBy }) => {
        const channel = known(name);
        mkdirSync(folder, { recursive: true });
        const request = { channel, set: setOf(channel, set), editionId, origin: startedBy };
        const report = await work.alone(() => rollBack(parts, request));
        area.changed('imports', 'records', 'state');
        return report;
      },
    },
    hooks: importHooks({ parts, work, settings: () => area.settings(), takeAlone: takes.alone }),
    attention: () =>
      channels().flatMap((channel) =>
        setsOf(channel, runs).flatMap((set) => {
          const last = lastOf(runs, channel, set);
          return last?.outcome === 'failed' && last.mode === 'real'
            ? [`The last import into ${channel.name} (${set}) failed: ${last.error?.message ?? ''}`]
            : [];
        }),
      ),
    async close() {
      await takes.stop();
      await work.stop();
    },
  };
}

/** What a kill has left is brought to an end, once; Records are opened only where there is such. */
function recoverOnce(parts: ImportParts, channels: () => readonly ImportChannel[]): () => void {
  let done = false;
  return () => {
    if (done) return;
    if (parts.runs.open().length > 0) {
      recoverImports(parts, (name) => channels().find((channel) => channel.name === name));
    }
    done = true;
  };
}

/** An id from outside becomes part of a path only when it is one. */
function checkedId(runId: string): string {
  if (/^[0-9a-f-]{36}$/.test(runId)) return runId;
  throw new ExchangeError({
    code: 'invalid-input',
    class: 'fix',
    message: 'This is not the id of an import.',
  });
}
