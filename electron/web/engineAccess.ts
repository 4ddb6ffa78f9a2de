import { ExchangeError } from '../../shared/errors.ts';
import type { Clock } from '../engine/localMachine.ts';
import type { EngineLine, LineEnd, OpenLine } from './engineLine.ts';

/** An engine that this process runs. */
export interface OwnEngine {
  close(): Promise<void>;
}

export interface EngineAccessParts {
  /** To the engine that runs, whoever started it. */
  readonly openLine: OpenLine;
  /** Errors: `busy` (busy) when another process works on the data directory. */
  readonly startEngine: () => Promise<OwnEngine>;
  readonly clock: Clock;
}

/**
 * The way to the data directory's engine: the one that runs, or else one started in this process. When an engine of
 * another process ends, the next line starts one here.
 */
export interface EngineAccess {
  readonly openLine: OpenLine;
  /** Makes sure that there is an engine. Errors: those of startEngine. */
  reach(): Promise<void>;
  /** Ends the engine of this process, if there is one. */
  close(): Promise<void>;
}

/** Another process may have taken the data directory and not listen yet. */
const patienceMs = 5000;
const pauseMs = 100;

export function createEngineAccess({ openLine, startEngine, clock }: EngineAccessParts): EngineAccess {
  let own: Promise<OwnEngine> | undefined;

  const startHere = async (): Promise<void> => {
    own ??= startEngine();
    try {
      await own;
    } catch (error) {
      own = undefined;
      throw error;
    }
  };

  const open = async (end: LineEnd): Promise<EngineLine> => {
    const deadlineMs = clock.monotonic() + patienceMs;
    for (;;) {
      try {
        return await openLine(end);
      } catch (unreachable) {
        const wasHere = own !== undefined;
        const refusal = await startHere().then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refusal !== undefined && !isBusy(refusal)) throw refusal;
        if (clock.monotonic() > deadlineMs) throw refusal ?? unreachable;
        if (refusal !== undefined || wasHere) await clock.sleep(pauseMs);
      }
    }
  };

  return {
    openLine: open,
    async reach() {
      const line = await open({ onMessage: () => undefined, onClose: () => undefined });
      line.close();
    },
    async close() {
      const engine = await own?.catch(() => undefined);
      await engine?.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof ExchangeError && error.class === 'busy';
}
