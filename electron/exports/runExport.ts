import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ExchangeError, throwIfCancelled } from '../../shared/errors.ts';
import type { ExportSettings } from '../../shared/exportsSettings.ts';
import { tmpFolder } from '../../shared/remoteNames.ts';
import type { Records } from '../records/records.ts';
import type { Transport } from '../transport/transport.ts';
import { chooseRows } from './chooseRows.ts';
import { chooseFileName } from './exportFileName.ts';
import type { ExportOutcome, ExportRun } from './exportRun.ts';
import { pruneExports } from './pruneExports.ts';
import { publishExport, settlePending } from './publishExport.ts';
import { writeCsvFile } from './writeCsvFile.ts';

/**
 * Writes one file of an export.
 *
 * Promise: over any number of runs, kills and faults, every row that changed stands in exactly one visible file of a
 *          `changes` export; no file is ever visible incomplete; nothing is written where nothing has changed.
 * Errors:  the transport's; no-dataset, no-column (fix); cancelled; those of the local disk.
 */
export async function runExport(run: ExportRun): Promise<ExportOutcome> {
  const { settings, records, memory, signal } = run;
  const columns = columnsOf(records, settings);
  return await run.pool.use(async (transport) => {
    run.onProgress({ what: 'settling', rows: 0, bytesDone: 0, bytesTotal: 0 });
    const notes: string[] = [];
    const settled = await settlePending(run, transport);
    if (settled !== undefined) notes.push(settled);
    await transport.makeFolder(settings.folder, { signal });
    const choice = chooseRows(
      records,
      run.complete ? { ...settings, kind: 'complete' } : settings,
      memory.mark(),
    );
    await mkdir(dirname(run.localPath), { recursive: true });
    try {
      const { rows, sizeBytes } = await writeCsvFile({
        path: run.localPath,
        columns,
        rows: choice.rows,
        neutraliseFormulas: settings.neutraliseFormulas,
        signal,
        onRows: (count) => run.onProgress({ what: 'reading', rows: count, bytesDone: 0, bytesTotal: 0 }),
      });
      notes.push(...choice.notes);
      throwIfCancelled(signal);
      if (rows === 0 && settings.kind === 'changes' && !run.complete) {
        memory.covered(choice.mark());
        const removed = await prune(run, transport, notes);
        return { outcome: 'empty', rows, sizeBytes: 0, fileName: undefined, removed, notes };
      }
      const fileName = chooseFileName(run.clock.now(), await namesIn(run, transport));
      await publishExport(run, transport, {
        runId: run.runId,
        folder: settings.folder,
        fileName,
        uploadPath: `${tmpFolder}/export-${settings.name}-${run.runId}.csv`,
        stage: 'uploading',
        sizeBytes,
        rows,
        mark: choice.mark(),
      });
      const removed = await prune(run, transport, notes);
      return { outcome: 'done', rows, sizeBytes, fileName, removed, notes };
    } finally {
      await rm(run.localPath, { force: true });
    }
  }, signal);
}

/** Names that cannot be used again: those there, also under another spelling of case, and those of the latest files. */
async function namesIn({ settings, memory, signal }: ExportRun, transport: Transport): Promise<Set<string>> {
  const entries = await transport.list(settings.folder, { signal });
  const names = [...entries.map(({ name }) => name), ...memory.recentNames()];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** What was published stays so: old files that cannot be removed now are a note, and removed another time. */
async function prune(run: ExportRun, transport: Transport, notes: string[]): Promise<string[]> {
  const { folder, keepDays } = run.settings;
  run.onProgress({ what: 'tidying', rows: 0, bytesDone: 0, bytesTotal: 0 });
  try {
    return await pruneExports(transport, { folder, keepDays, nowMs: run.clock.now(), signal: run.signal });
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    notes.push(`Old files could not be removed: ${error.message}`);
    return [];
  }
}

/** The columns of an export, in its order. Errors: no-dataset, no-column (fix). */
export function columnsOf(records: Records, { name, dataset, columns, filters }: ExportSettings): string[] {
  const known = records.dataset(dataset);
  if (known === undefined) {
    throw new ExchangeError({
      code: 'no-dataset',
      class: 'fix',
      message: `The export ${name} is of the dataset ${dataset}, which is not there.`,
      advice: 'Add it: branchline datasets add <schema file>. See: branchline datasets list',
    });
  }
  const names: ReadonlySet<string> = new Set(known.columns.map((column) => column.name));
  const missing = [...columns, ...filters.map(({ column }) => column)].find((column) => !names.has(column));
  if (missing !== undefined) {
    throw new ExchangeError({
      code: 'no-column',
      class: 'fix',
      message: `The export ${name} names the column ${missing}, which the dataset ${dataset} does not have.`,
      advice: `Its columns: ${[...names].join(', ')}.`,
    });
  }
  return columns.length > 0 ? [...columns] : [...names];
}
