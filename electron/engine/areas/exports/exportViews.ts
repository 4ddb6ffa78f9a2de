import type { ExportRunView, ExportView } from '../../../../shared/contract/exportsCalls.ts';
import { type ErrorReport, ExchangeError } from '../../../../shared/errors.ts';
import type { ExportSettings } from '../../../../shared/exportsSettings.ts';
import { columnsOf } from '../../../exports/runExport.ts';
import type { ExportRunRow } from '../../../ledger/exportRows.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { Records } from '../../../records/records.ts';
import { isMissed, nextRun, type SitePlan } from '../../host/nextRun.ts';
import type { ExportRuns } from './exportRuns.ts';

/** Runs looked through for the newest file. */
const runsRead = 50;

export interface ViewParts {
  readonly ledger: Ledger;
  readonly records: () => Records;
  readonly runs: ExportRuns;
  readonly nowMs: number;
}

/** How an export stands. */
export function exportView(parts: ViewParts, settings: ExportSettings): ExportView {
  const { ledger, runs, nowMs } = parts;
  const active = runs.active(settings.name);
  const past = ledger
    .read((tables) => tables.exports.runs(runsRead, settings.name))
    .map((row) => exportRunView(row, active?.runId));
  return {
    settings,
    nextMs: nextMs(ledger, settings, nowMs),
    lastRun: past[0],
    lastFile: past.find(({ outcome, fileName }) => outcome === 'done' && fileName !== undefined),
    active: active === undefined ? undefined : { runId: active.runId, progress: active.progress },
    problem: problemOf(parts.records, settings),
  };
}

/** A run that counts as running in the ledger and is not the active one was killed. */
export function exportRunView(row: ExportRunRow, activeRunId: string | undefined): ExportRunView {
  const killed = row.outcome === 'running' && row.runId !== activeRunId;
  return killed ? { ...row, outcome: 'interrupted' } : row;
}

/** Only the central site exports, so that nothing is spread. */
export function planOf(settings: ExportSettings | undefined): SitePlan | undefined {
  return settings && { schedule: settings.schedule, share: 0 };
}

/** When an export runs next by itself; one whose time has passed does so now. */
function nextMs(ledger: Ledger, settings: ExportSettings, nowMs: number): number | undefined {
  return isDue(ledger, settings, nowMs) ? nowMs : nextRun(planOf(settings), nowMs);
}

export function isDue(ledger: Ledger, settings: ExportSettings, nowMs: number): boolean {
  const last = lastLookMs(ledger, settings.name);
  // A last run in the future was made before the clock was set back; it says nothing.
  return last !== undefined && last <= nowMs && isMissed(planOf(settings), last, nowMs);
}

/** When it last began, or was first seen. */
export function lastLookMs(ledger: Ledger, name: string): number | undefined {
  return ledger.read(
    (tables) => tables.exports.runs(1, name)[0]?.startedMs ?? tables.exports.get(name)?.sinceMs,
  );
}

function problemOf(records: () => Records, settings: ExportSettings): ErrorReport | undefined {
  try {
    columnsOf(records(), settings);
    return undefined;
  } catch (error) {
    if (error instanceof ExchangeError) return error.report();
    throw error;
  }
}
