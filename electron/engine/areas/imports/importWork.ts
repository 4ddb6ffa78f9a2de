import { type ErrorReport, ExchangeError } from '../../../../shared/errors.ts';
import type { ImportProgress, ImportReport } from '../../../../shared/importReport.ts';
import { cancelledByPerson, type ImportParts, type ImportRequest } from '../../../imports/importRequest.ts';
import { runImport } from '../../../imports/runImport.ts';
import type { AreaParts } from '../area.ts';
import { oneAtATime } from './oneAtATime.ts';

const tellEveryMs = 250;

/** Imports, one at a time, with progress that can be asked for and an end that a person can ask for. */
export interface ImportWork {
  /** Waits its turn. Errors: what nobody foresaw. */
  run(request: Omit<ImportRequest, 'signal' | 'onProgress'>, outer?: AbortSignal): Promise<ImportReport>;
  /** Runs something else while no import does. */
  alone<T>(work: () => T | Promise<T>): Promise<T>;
  cancel(runId: string): void;
  /** The running one first. */
  active(): ImportProgress[];
  /** Ends all, and waits for it. */
  stop(): Promise<void>;
}

interface Entry {
  progress: ImportProgress;
  readonly abort: AbortController;
}

/** `prepare` is called before each work: what a kill has left comes first. */
export function createImportWork(
  area: Pick<AreaParts, 'clock' | 'tell' | 'changed'>,
  parts: ImportParts,
  prepare: () => void,
): ImportWork {
  const entries = new Map<string, Entry>();
  const stopping = new AbortController();
  const line = oneAtATime();

  const alone: ImportWork['alone'] = (task) =>
    line.run(() => {
      prepare();
      return task();
    });

  const runOne = async (
    request: Omit<ImportRequest, 'signal' | 'onProgress'>,
    entry: Entry,
    signal: AbortSignal,
  ): Promise<ImportReport> => {
    let toldMs = Number.NEGATIVE_INFINITY;
    try {
      const report = await runImport(parts, {
        ...request,
        signal,
        onProgress(progress) {
          const isNewStep = progress.step !== entry.progress.step;
          entry.progress = progress;
          if (!isNewStep && area.clock.monotonic() - toldMs < tellEveryMs) return;
          toldMs = area.clock.monotonic();
          area.tell('imports.progress', progress);
        },
      });
      area.tell('imports.ended', { runId: request.runId, report });
      return report;
    } catch (error) {
      area.tell('imports.ended', { runId: request.runId, error: unforeseen(error) });
      throw error;
    }
  };

  return {
    alone,
    async run(request, outer) {
      const { runId, channel, set, mode, name } = request;
      const abort = new AbortController();
      const progress: ImportProgress = {
        runId,
        channel: channel.name,
        set,
        mode,
        source: name,
        startedMs: area.clock.now(),
        step: 'waiting',
        bytesDone: 0,
        bytesTotal: 0,
        rows: 0,
        rejected: 0,
      };
      const entry: Entry = { progress, abort };
      entries.set(runId, entry);
      area.tell('imports.progress', progress);
      const signals = [abort.signal, stopping.signal, ...(outer === undefined ? [] : [outer])];
      try {
        return await alone(() => runOne(request, entry, AbortSignal.any(signals)));
      } finally {
        entries.delete(runId);
        area.changed('imports', 'records', 'state');
      }
    },
    cancel: (runId) => entries.get(runId)?.abort.abort(cancelledByPerson),
    active: () => [...entries.values()].map(({ progress }) => progress),
    async stop() {
      stopping.abort();
      await line.quiet();
    },
  };
}

/** What went wrong, in words, also where nobody foresaw it. */
export function unforeseen(error: unknown): ErrorReport {
  if (error instanceof ExchangeError) return error.report();
  return {
    code: 'unexpected',
    class: 'fix',
    message: `Something went wrong that Branchline did not foresee: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Try again; when it happens again, send the file and the log to your supplier.',
  };
}
