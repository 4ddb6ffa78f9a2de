import type { ImportReport, ImportRow } from '../../shared/importReport.ts';

/**
 * The record of imports, as this room needs it; the engine gives it a place in the ledger.
 *
 * Promise: durable when a call returns.
 */
export interface ImportRuns {
  /** `sourceKey`: the same for the same file after a crash. */
  begin(report: ImportReport, sourceKey: string): void;
  save(report: ImportReport): void;
  /** The file that this run was for is gone from where it came from. */
  settle(sourceKey: string): void;
  /** Runs for a file that is not gone yet, oldest first. */
  ofSource(sourceKey: string): ImportReport[];
  /** Keys that begin so, of files that are not known to be gone. */
  unsettled(prefix: string): string[];
  get(runId: string): ImportReport | undefined;
  /** Runs that neither ended nor were given up: after a start, those that a kill has left. */
  open(): ImportReport[];
  /** Newest first. */
  list(query: ImportQuery): ImportRow[];
}

export interface ImportQuery {
  readonly channel?: string | undefined;
  readonly set?: string | undefined;
  /** Begun before this. */
  readonly beforeMs?: number | undefined;
  readonly limit: number;
}
