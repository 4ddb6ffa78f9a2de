import { mkdirSync } from 'node:fs';
import type { Dataset } from '../../shared/dataset.ts';
import { ExchangeError } from '../../shared/errors.ts';
import type { ImportDifference, ImportProgress, ImportReport } from '../../shared/importReport.ts';
import { plainFileError } from '../platform/fileError.ts';
import type { Staging } from '../records/records.ts';
import { checkLimits } from './checkLimits.ts';
import { baseOfCorrection } from './corrections.ts';
import { importError } from './importError.ts';
import { hashFile, keepCopy, rejectedPath, removeOldRejected } from './importFiles.ts';
import { cancelledByPerson, type ImportParts, type ImportRequest } from './importRequest.ts';
import { publishedEdition } from './publishedEdition.ts';
import { RejectedRows } from './rejectedRows.ts';
import { stageFile } from './stageFile.ts';

const differenceSamples = 8;
/** What the import was part of was ended: its file comes again. */
export const importBrokenOff = 'broken-off';

/**
 * Imports one file: reads, checks, stages and, in the mode `real`, publishes it.
 *
 * Shape:   a report, also of an import that failed.
 * Promise: until the new set is complete and within its channel's limits, the published one stays as it is; then one
 *          transaction puts the new one in its place. A kill at any moment leaves the one or the other, and the
 *          record says which (see `resumeImport`). What was rejected is on the disk before the report says so.
 * Errors:  none for what is wrong with the file, or for a full disk. What nobody foresaw is thrown on, after it was
 *          recorded.
 */
export async function runImport(parts: ImportParts, request: ImportRequest): Promise<ImportReport> {
  mkdirSync(parts.folder, { recursive: true });
  const run = new ImportRun(parts, request);
  parts.runs.begin(run.report, request.sourceKey);
  parts.tell.start(request.channel, run.report);
  let unforeseen: { readonly error: unknown } | undefined;
  try {
    await run.importFile();
  } catch (error) {
    if (!run.fail(error)) unforeseen = { error };
  }
  endImport(parts, request.channel, run.report);
  if (unforeseen !== undefined) throw unforeseen.error;
  return parts.runs.get(run.report.runId) ?? run.report;
}

/** Told before it is recorded: after a kill between the two, people are told twice rather than never. */
export function endImport(parts: ImportParts, channel: ImportRequest['channel'], report: ImportReport): void {
  const ended = { ...report, endedMs: parts.clock.now() };
  const path = ended.rejectedFile ? rejectedPath(parts.folder, ended.runId) : undefined;
  parts.tell.end(channel, ended, path);
  parts.runs.save(ended);
}

class ImportRun {
  readonly #parts: ImportParts;
  readonly #request: ImportRequest;
  report: ImportReport;

  constructor(parts: ImportParts, request: ImportRequest) {
    this.#parts = parts;
    this.#request = request;
    this.report = {
      runId: request.runId,
      channel: request.channel.name,
      dataset: request.channel.dataset,
      set: request.set,
      mode: request.mode,
      outcome: 'running',
      source: request.name,
      origin: request.origin,
      sizeBytes: 0,
      sha256: '',
      startedMs: parts.clock.now(),
      files: [],
      counts: { rows: 0, accepted: 0, rejected: 0, warnings: 0, notices: 0 },
      issues: [],
      moreIssues: 0,
      rejectedFile: false,
    };
  }

  async importFile(): Promise<void> {
    const { channel, set, mode, path, name, signal } = this.#request;
    const { folder, records } = this.#parts;
    const { runId } = this.report;
    const dataset = this.#dataset();
    const published = publishedEdition(records(), dataset.name, set);
    const previous =
      published === undefined ? {} : { previousRows: published.rows, previousEditionId: published.editionId };
    this.report = { ...this.report, ...(await hashFile(path)), ...previous };
    if (mode === 'real') await keepCopy(folder, runId, path, name);
    await removeOldRejected(folder);
    const columns = dataset.columns.map((column) => column.name);
    const rejected = new RejectedRows(rejectedPath(folder, runId), runId, columns);
    const staged = await stageFile({
      records: records(),
      dataset,
      set,
      channel,
      path,
      name,
      rejected,
      signal,
      onProgress: (progress) => this.#tell(progress),
      correctionBase: (corrected) => baseOfCorrection(this.#parts, this.report, corrected),
    });
    this.report = { ...this.report, ...staged.read, rejectedFile: rejected.finish() };
    if (staged.staging === undefined) throw staged.error;
    this.#decide(staged.staging);
  }

  /** Records what went wrong. False when nobody foresaw it. */
  fail(error: unknown): boolean {
    const { signal, name } = this.#request;
    const known = signal.aborted ? cancelled(signal) : plainFileError(error, name);
    const report =
      known instanceof ExchangeError
        ? known.report()
        : {
            code: 'unexpected',
            class: 'fix' as const,
            message: `Something went wrong that Branchline did not foresee: ${error instanceof Error ? error.message : String(error)}`,
            advice: 'Send the file and the log to your supplier.',
          };
    const { editionId: _, ...without } = this.report;
    this.report = {
      ...without,
      outcome: report.class === 'cancelled' ? 'cancelled' : 'failed',
      error: report,
    };
    return known instanceof ExchangeError;
  }

  /** With the whole set staged: within its limits it is published, or compared and discarded. */
  #decide(staging: Staging): void {
    const { channel, mode, signal } = this.#request;
    const { counts, previousRows, corrects } = this.report;
    let published = false;
    try {
      if (mode !== 'real') this.#compare(staging);
      const refusal = checkLimits(channel.limits, {
        ...counts,
        staged: staging.rows,
        previousRows,
        isCorrection: corrects !== undefined,
      });
      if (refusal !== undefined) throw refusal;
      if (signal.aborted) throw cancelled(signal);
      if (mode === 'real') {
        this.#publish(staging);
        published = true;
      } else this.report = { ...this.report, outcome: mode === 'test' ? 'tested' : 'previewed' };
    } finally {
      if (!published) staging.discard();
    }
  }

  #compare(staging: Staging): void {
    this.#tellStep('comparing');
    const { previousEditionId } = this.report;
    const found = this.#parts.records().difference(previousEditionId, staging.editionId, differenceSamples);
    const difference: ImportDifference = {
      ...found,
      samples: found.samples.map(({ kind, before, after }) => ({
        kind,
        ...(before === undefined ? {} : { before: before.values }),
        ...(after === undefined ? {} : { after: after.values }),
      })),
    };
    this.report = { ...this.report, difference };
  }

  /** The intent is recorded first, with all that the report needs: a kill after publishing leaves nothing to count. */
  #publish(staging: Staging): void {
    const { channel, set } = this.#request;
    this.#tellStep('publishing');
    this.report = { ...this.report, outcome: 'publishing', editionId: staging.editionId };
    this.#parts.runs.save(this.report);
    this.#parts.records().publish(channel.dataset, set, staging.editionId, channel.keepEditions);
    this.report = { ...this.report, outcome: 'published' };
  }

  #dataset(): Dataset {
    const { channel } = this.#request;
    const dataset = this.#parts.records().dataset(channel.dataset);
    if (dataset !== undefined) return dataset;
    throw importError(
      'no-such-dataset',
      `There is no dataset ${channel.dataset}, which the import channel ${channel.name} is for.`,
      'See: branchline datasets list. Add it, or correct the channel.',
    );
  }

  #tellStep(step: ImportProgress['step']): void {
    const { counts } = this.report;
    this.#tell({ step, bytesDone: 1, bytesTotal: 1, rows: counts.rows, rejected: counts.rejected });
  }

  #tell(progress: Pick<ImportProgress, 'step' | 'bytesDone' | 'bytesTotal' | 'rows' | 'rejected'>): void {
    const { runId, channel, set, mode, source, startedMs } = this.report;
    this.#request.onProgress({ runId, channel, set, mode, source, startedMs, ...progress });
  }
}

function cancelled(signal: AbortSignal): ExchangeError {
  return new ExchangeError({
    code: signal.reason === cancelledByPerson ? 'cancelled' : importBrokenOff,
    class: 'cancelled',
    message: 'The import was cancelled. What was published before stays published.',
  });
}
