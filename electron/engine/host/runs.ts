import type { ActiveRun } from '../../../shared/contract/calls.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { TransmissionResult } from '../../../shared/progress.ts';
import type { TransmissionRow } from '../../../shared/views.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Random, uuidV7 } from '../../platform/random.ts';
import { unattendedCommand } from '../attachedWork.ts';
import type { Engine } from '../engine.ts';
import type { Broadcast } from './broadcast.ts';
import { reportOf } from './dispatch.ts';

/** How many lines of a run's log a late client still gets. */
const notesKept = 500;
const resultsKept = 50;
const progressEveryMs = 200;

/** Nobody looks on when these start a run. */
const unattendedStarters: readonly string[] = ['schedule', 'suspension', unattendedCommand];

export interface RunEnd {
  readonly result: TransmissionResult | undefined;
  readonly error: ErrorReport | undefined;
}

/** The transmissions of a host: one at a time, whoever asks for it. */
export interface Runs {
  readonly active: ActiveRun | undefined;
  /** Starts one, or joins the one under way. */
  start(
    mode: TransmissionRow['mode'],
    startedBy: string,
    attended?: boolean,
  ): { readonly runId: string; readonly joined: boolean };
  cancel(runId: string): void;
  /** How a run ended; undefined while it is under way, or for a run that is not known. */
  ended(runId: string): RunEnd | undefined;
  /** Cancels what is under way and waits for its end. */
  stop(): Promise<void>;
}

export interface RunsParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly random: Random;
  readonly broadcast: Broadcast;
  /** Called when a run has begun or ended. */
  readonly onChange: () => void;
}

export function createRuns({ engine, clock, random, broadcast, onChange }: RunsParts): Runs {
  const ends = new Map<string, RunEnd>();
  let active: (ActiveRun & { readonly abort: AbortController }) | undefined;
  let last: Promise<void> = Promise.resolve();

  const run = async (
    mode: TransmissionRow['mode'],
    runId: string,
    begun: { readonly unattended: boolean; readonly attended: boolean },
    abort: AbortController,
  ): Promise<void> => {
    let toldMs = Number.NEGATIVE_INFINITY;
    let toldPhase = '';
    let end: RunEnd;
    try {
      const result = await engine.transmit({
        mode,
        ...begun,
        signal: abort.signal,
        onProgress(progress) {
          if (active?.runId === runId) active.progress = progress;
          const now = clock.monotonic();
          if (progress.phase === toldPhase && now - toldMs < progressEveryMs) return;
          toldMs = now;
          toldPhase = progress.phase;
          broadcast.tell('run.progress', { runId, progress });
        },
        onNote({ level, text }) {
          const note = { level, text, atMs: clock.now() };
          if (active?.runId === runId) active.notes = [...active.notes.slice(1 - notesKept), note];
          broadcast.tell('run.note', { runId, note });
        },
      });
      end = { result, error: undefined };
    } catch (error) {
      end = { result: undefined, error: reportOf(error) };
    }
    remember(ends, runId, end);
    active = undefined;
    broadcast.tell('run.ended', { runId, ...end });
    onChange();
  };

  return {
    get active() {
      if (active === undefined) return undefined;
      const { abort: _, ...shown } = active;
      return shown;
    },
    start(mode, startedBy, attended = false) {
      if (active !== undefined) return { runId: active.runId, joined: true };
      const runId = uuidV7(random, clock);
      const abort = new AbortController();
      active = { runId, mode, startedBy, startedMs: clock.now(), notes: [], abort };
      const unattended = unattendedStarters.includes(startedBy);
      last = run(mode, runId, { unattended, attended: attended && !unattended }, abort);
      onChange();
      return { runId, joined: false };
    },
    cancel(runId) {
      if (active?.runId === runId) active.abort.abort();
    },
    ended: (runId) => ends.get(runId),
    async stop() {
      active?.abort.abort();
      await last;
    },
  };
}

function remember(ends: Map<string, RunEnd>, runId: string, end: RunEnd): void {
  ends.set(runId, end);
  for (const oldest of ends.keys()) {
    if (ends.size <= resultsKept) break;
    ends.delete(oldest);
  }
}
