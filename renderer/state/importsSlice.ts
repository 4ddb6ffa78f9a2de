import type { EventData } from '../../shared/contract/calls.ts';
import type { ImportProgress } from '../../shared/importReport.ts';

/** Imports under way, by run id. */
export type ImportsState = Readonly<Record<string, ImportProgress>>;

export function afterImportProgress(before: ImportsState, progress: ImportProgress): ImportsState {
  return { ...before, [progress.runId]: progress };
}

export function afterImportEnded(before: ImportsState, { runId }: EventData<'imports.ended'>): ImportsState {
  const { [runId]: _ended, ...others } = before;
  return others;
}
