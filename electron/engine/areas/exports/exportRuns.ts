import { join } from 'node:path';
import type { ExportProgressView, ExportRunView } from '../../../../shared/contract/exportsCalls.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type { ExportSettings } from '../../../../shared/exportsSettings.ts';
import type { ExportOutcome } from '../../../exports/exportRun.ts';
import { runExport } from '../../../exports/runExport.ts';
import { uuidV7 } from '../../../platform/random.ts';
import { createTransportPool } from '../../../transport/pool/transportPool.ts';
import type { TransportPool } from '../../../transport/transport.ts';
import { reportOf } from '../../host/dispatch.ts';
import type { PartnerParts } from '../partnerParts.ts';
import { exportMemory } from './exportMemory.ts';

/** The runs of all exports of one engine: one after the other. */
export interface ExportRuns {
  /** Starts a run, or joins the one of this export that is waiting or under way. */
  start(
    name: string,
    startedBy: string,
    complete: boolean,
  ): { readonly runId: string; readonly joined: boolean };
  /** Runs an export over connections that are open already, and waits for its end. */
  runWithin(
    settings: ExportSettings,
    connection: { readonly pool: TransportPool; readonly signal: AbortSignal | undefined },
  ): Promise<ExportRunView>;
  active(
    name: string,
  ): { readonly runId: string; readonly progress: ExportProgressView | undefined } | undefined;
  cancel(runId: string): void;
  stop(): Promise<void>;
}

interface ActiveRun {
  readonly runId: string;
  readonly name: string;
  readonly abort: AbortController;
  progress: ExportProgressView | undefined;
}

/** Progress is told at most this often. */
const tellEveryMs = 300;
const historyDays = 400;
const dayMs = 86_400_000;

export function createExportRuns(parts: PartnerParts): ExportRuns {
  const { ledger, clock, random } = parts;
  const active = new Map<string, ActiveRun>();
  let turn: Promise<unknown> = Promise.resolve();

  const find = (name: string): ExportSettings => {
    const settings = parts.configured().exports.find((one) => one.name === name);
    if (settings !== undefined) return settings;
    throw new ExchangeError({
      code: 'no-export',
      class: 'fix',
      message: `There is no export "${name}".`,
      advice: 'See: branchline exports list',
    });
  };

  const begin = (name: string): ActiveRun => {
    const run = { runId: uuidV7(random, clock), name, abort: new AbortController(), progress: undefined };
    active.set(name, run);
    return run;
  };

  const perform = async (
    run: ActiveRun,
    settings: ExportSettings,
    pool: TransportPool,
    complete: boolean,
    signal: AbortSignal,
  ): Promise<ExportOutcome> => {
    let toldMs = Number.NEGATIVE_INFINITY;
    return await runExport({
      runId: run.runId,
      settings,
      records: parts.records(),
      pool,
      clock,
      signal,
      memory: exportMemory(ledger, settings.name, run.runId, () => clock.now()),
      localPath: join(parts.dataDir, 'exports', `${settings.name}.csv`),
      complete,
      onProgress(progress) {
        run.progress = progress;
        if (clock.monotonic() - toldMs < tellEveryMs) return;
        toldMs = clock.monotonic();
        parts.tell('exports.progress', { runId: run.runId, name: run.name, progress });
      },
    });
  };

  /** Waits for its turn, runs, and keeps how it ended. Never rejects for a failure of the export. */
  const inTurn = (
    run: ActiveRun,
    startedBy: string,
    work: () => Promise<ExportOutcome>,
  ): Promise<ExportRunView> => {
    const done = turn.then(async () => {
      const { runId, name } = run;
      const startedMs = clock.now();
      ledger.commit('export-begin', (tables) => {
        tables.exports.closeInterrupted();
        tables.exports.prune(startedMs - historyDays * dayMs);
        tables.exports.begin({ runId, name, startedBy, startedMs });
      });
      parts.changed('exports');
      const ended = await work().then(endOf, failureOf);
      const view: ExportRunView = { runId, name, startedBy, startedMs, endedMs: clock.now(), ...ended };
      const { endedMs, outcome, rows, sizeBytes, fileName, note, error } = view;
      ledger.commit('export-end', (tables) =>
        tables.exports.end({ runId, endedMs, outcome, rows, sizeBytes, fileName, note, error }),
      );
      active.delete(name);
      parts.tell('exports.ended', { run: view });
      parts.changed('exports', 'state');
      return view;
    });
    turn = done.catch(() => active.delete(run.name));
    return done;
  };

  return {
    start(name, startedBy, complete) {
      const known = active.get(name);
      if (known !== undefined) return { runId: known.runId, joined: true };
      find(name);
      const run = begin(name);
      const { signal } = run.abort;
      void inTurn(run, startedBy, async () => {
        const settings = find(name);
        const pool = createTransportPool(await parts.factory(), { limit: 1, clock, signal });
        try {
          return await perform(run, settings, pool, complete, signal);
        } finally {
          await pool.close();
        }
      }).catch(() => undefined);
      return { runId: run.runId, joined: false };
    },
    async runWithin(settings, { pool, signal }) {
      const run = begin(settings.name);
      const both = signal === undefined ? run.abort.signal : AbortSignal.any([run.abort.signal, signal]);
      return await inTurn(run, 'transmission', () => perform(run, settings, pool, false, both));
    },
    active: (name) => active.get(name),
    cancel(runId) {
      for (const run of active.values()) if (run.runId === runId) run.abort.abort();
    },
    async stop() {
      for (const run of active.values()) run.abort.abort();
      await turn.catch(() => undefined);
    },
  };
}

type RunEnd = Pick<ExportRunView, 'outcome' | 'rows' | 'sizeBytes' | 'fileName' | 'note' | 'error'>;

function endOf({ outcome, rows, sizeBytes, fileName, removed, notes }: ExportOutcome): RunEnd {
  const tidied =
    removed.length === 0 ? [] : [`Removed ${removed.length} old file${removed.length === 1 ? '' : 's'}.`];
  return { outcome, rows, sizeBytes, fileName, note: [...notes, ...tidied].join(' '), error: undefined };
}

function failureOf(cause: unknown): RunEnd {
  const error = reportOf(cause);
  const outcome = error.class === 'cancelled' ? 'cancelled' : 'failed';
  return { outcome, rows: 0, sizeBytes: 0, fileName: undefined, note: '', error };
}
