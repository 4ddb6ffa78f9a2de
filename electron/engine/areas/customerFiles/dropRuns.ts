import type { DropRunResult } from '../../../../shared/contract/customerFilesCalls.ts';
import { uuidV7 } from '../../../platform/random.ts';
import { reportOf } from '../../host/dispatch.ts';
import type { PartnerParts } from '../partnerParts.ts';
import type { DropRunParts } from './dropRun.ts';

/** Tells clients of progress at most this often. */
const tellEveryMs = 200;

type Watching = Required<Pick<DropRunParts, 'note' | 'onFolder' | 'onFile' | 'onBytes'>>;

/** Looks into the drop folders on demand: one at a time, and never beside one that is part of a transmission. */
export interface DropRuns {
  readonly running: { readonly runId: string } | undefined;
  /** Starts one, or joins the one under way. `work` gets what to tell of its progress. */
  start(work: (watching: Watching, signal: AbortSignal) => Promise<DropRunResult>): {
    readonly runId: string;
    readonly joined: boolean;
  };
  cancel(): void;
  /** Waits until nothing else looks into the drop folders, and keeps others waiting meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Cancels what is under way and waits for its end. */
  stop(): Promise<void>;
}

export function createDropRuns({ clock, random, tell }: PartnerParts): DropRuns {
  let active: { readonly runId: string; readonly abort: AbortController } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const watch = (runId: string): Watching => {
    const state = { what: '', bytesDone: 0, bytesTotal: 0, filesDone: 0 };
    let toldMs = Number.NEGATIVE_INFINITY;
    const progress = (now: boolean) => {
      const atMs = clock.monotonic();
      if (!now && atMs - toldMs < tellEveryMs) return;
      toldMs = atMs;
      tell('customerFiles.progress', { runId, ...state });
    };
    return {
      note: (level, text) => tell('customerFiles.note', { runId, note: { level, text } }),
      onFolder(folder) {
        state.what = folder.path;
        progress(true);
      },
      onFile(name, sizeBytes) {
        state.filesDone += 1;
        Object.assign(state, { what: name, bytesDone: 0, bytesTotal: sizeBytes });
        progress(false);
      },
      onBytes(count) {
        state.bytesDone += count;
        progress(false);
      },
    };
  };

  return {
    get running() {
      return active === undefined ? undefined : { runId: active.runId };
    },
    start(work) {
      if (active !== undefined) return { runId: active.runId, joined: true };
      const runId = uuidV7(random, clock);
      const abort = new AbortController();
      active = { runId, abort };
      const end = (outcome: { readonly result: DropRunResult } | { readonly error: unknown }) => {
        active = undefined;
        if ('result' in outcome) tell('customerFiles.ended', { runId, result: outcome.result });
        else tell('customerFiles.ended', { runId, error: reportOf(outcome.error) });
      };
      void alone(() => work(watch(runId), abort.signal)).then(
        (result) => end({ result }),
        (error: unknown) => end({ error }),
      );
      return { runId, joined: false };
    },
    cancel: () => active?.abort.abort(),
    alone,
    async stop() {
      active?.abort.abort();
      await last;
    },
  };
}
