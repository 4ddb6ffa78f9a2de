import { cancelledError, ExchangeError } from '../../../../shared/errors.ts';
import type { ImportReport } from '../../../../shared/importReport.ts';
import type { ImportChannel } from '../../../../shared/importsSettings.ts';
import type { DropFolderRun, Settlement, TakenFile } from '../../../dropFolders/dropFolder.ts';
import { takeFiles } from '../../../dropFolders/takeFiles.ts';
import { type ImportFolder, importFolders } from '../../../imports/importFolders.ts';
import type { ImportParts } from '../../../imports/importRequest.ts';
import { isDone, resumeImport } from '../../../imports/resumeImport.ts';
import { settlementOf, takesName } from '../../../imports/settleFile.ts';
import { uuidV7 } from '../../../platform/random.ts';
import type { ImportWork } from './importWork.ts';

export interface TakeRun {
  readonly parts: ImportParts;
  readonly work: ImportWork;
  readonly channels: readonly ImportChannel[];
  readonly drop: DropFolderRun & { readonly signal: AbortSignal };
  /** Of each file that was found, also one whose import was done before. */
  onReport(report: ImportReport): void;
}

/**
 * Imports what lies in the channels' folders on the FTP site.
 *
 * Promise: a file is settled there once what came of it is on record here; one that met passing trouble stays
 *          claimed for the next run. One folder's trouble does not keep the others waiting.
 * Errors:  the transport's.
 */
export async function takeFolders(run: TakeRun): Promise<{ readonly growing: number }> {
  let growing = 0;
  for (const channel of run.channels) {
    const folders = await importFolders(channel, run.drop.pool, {
      signal: run.drop.signal,
      told: (folder) =>
        run.drop.note(
          'warning',
          `The folder ${folder} is passed over: its name cannot be the name of a set.`,
        ),
    });
    for (const folder of folders) {
      growing += await takeFolder(run, channel, folder);
    }
  }
  return { growing };
}

/** Returns how many files are still growing. */
async function takeFolder(run: TakeRun, channel: ImportChannel, folder: ImportFolder): Promise<number> {
  try {
    const take = { path: folder.path, takes: takesName };
    const result = await takeFiles(take, run.drop, (file) => importTaken(run, channel, folder, file));
    return result.growing;
  } catch (error) {
    if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
    run.drop.note(
      'error',
      `The folder ${folder.path} cannot be looked into: ${error.message} ${error.advice}`,
    );
    return 0;
  }
}

async function importTaken(
  run: TakeRun,
  channel: ImportChannel,
  folder: ImportFolder,
  file: TakenFile,
): Promise<Settlement> {
  const { parts, work, drop } = run;
  const sourceKey = `drop ${file.claimId}`;
  const resumed = resumeImport(parts, sourceKey);
  const report =
    resumed.do === 'settle'
      ? resumed.report
      : await work.run(
          {
            runId: uuidV7(parts.random, parts.clock),
            channel,
            set: folder.set,
            mode: folder.mode,
            path: file.localPath,
            name: file.name,
            origin: `FTP folder ${folder.path}`,
            sourceKey,
          },
          drop.signal,
        );
  run.onReport(report);
  if (isDone(report)) return settlementOf(report, channel, file.folder);
  if (drop.signal.aborted) throw cancelledError();
  throw new ExchangeError(
    report.error ?? { code: 'import-failed', class: 'retry', message: 'The import did not end.', advice: '' },
  );
}
