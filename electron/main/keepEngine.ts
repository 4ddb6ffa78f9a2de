import type { Clock } from '../engine/localMachine.ts';

/** An engine that this shell started. */
export interface EngineChild {
  /** Resolves when it has ended, whatever the reason. */
  readonly ended: Promise<void>;
  /** Asks it to end. */
  stop(): void;
}

interface Parts {
  /** True when an engine answers for the data directory, whoever started it. */
  readonly isRunning: () => Promise<boolean>;
  readonly start: () => EngineChild;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  /** An engine that had answered has ended by itself, and another is started. */
  readonly onRestarted: () => void;
  /** It ended several times in a row soon after its start. */
  readonly onFailing: () => void;
}

export interface EngineKeeper {
  /** To be called when the connection to the engine stands. */
  met(): void;
  /** To be called when the connection to the engine is lost. */
  look(): void;
  /** Ends the engine, if this shell started it. */
  close(): Promise<void>;
}

/** An engine that ran for this long was well. */
const wellAfterMs = 30_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
const failingAfter = 3;

/** Sees to it that there is an engine: uses the one that runs, else starts one, and another when that one dies. */
export function keepEngine({ isRunning, start, clock, onRestarted, onFailing }: Parts): EngineKeeper {
  const closing = new AbortController();
  let child: EngineChild | undefined;
  /** Resolves when the engine that is relied on may be gone. */
  let lost = Promise.withResolvers<void>();
  let quickEnds = 0;
  let hasMet = false;

  const runChild = async (): Promise<void> => {
    const startedMs = clock.monotonic();
    child = start();
    if (hasMet) onRestarted();
    hasMet = false;
    await child.ended;
    child = undefined;
    if (closing.signal.aborted) return;
    quickEnds = clock.monotonic() - startedMs >= wellAfterMs ? 0 : quickEnds + 1;
    if (quickEnds === failingAfter) onFailing();
    const pauseMs = quickEnds === 0 ? 0 : Math.min(firstPauseMs * 2 ** (quickEnds - 1), longestPauseMs);
    await clock.sleep(pauseMs, closing.signal).catch(() => undefined);
  };

  const keep = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      lost = Promise.withResolvers();
      const isThere = await isRunning();
      if (closing.signal.aborted) return;
      if (isThere) await lost.promise;
      else await runChild();
    }
  };

  const kept = keep();
  return {
    met() {
      hasMet = true;
    },
    look: () => lost.resolve(),
    async close() {
      closing.abort();
      lost.resolve();
      child?.stop();
      await kept;
    },
  };
}
