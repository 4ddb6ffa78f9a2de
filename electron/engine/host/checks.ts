import type { Clock } from '../../platform/clock.ts';
import { type Random, uuidV7 } from '../../platform/random.ts';
import type { CheckOptions, Engine, SaveOptions } from '../engine.ts';
import { refused } from '../handlers.ts';
import type { Broadcast } from './broadcast.ts';
import { reportOf } from './dispatch.ts';

interface CheckRequest {
  readonly kind: 'test-connection' | 'self-check';
  readonly candidate: CheckOptions['candidate'];
  readonly attended: boolean;
}

/** Test Connection and self-check, as long work with live steps. */
export interface Checks {
  start(request: CheckRequest): string;
  /** Does work that proves something first, told under an id that the client chose; without one nobody watches. */
  prove<T>(checkId: string | undefined, work: (options: SaveOptions) => Promise<T>): Promise<T>;
  cancel(checkId: string): void;
  stop(): Promise<void>;
}

export function createChecks(parts: {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly random: Random;
  readonly broadcast: Broadcast;
}): Checks {
  const { engine, clock, random, broadcast } = parts;
  const underWay = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();

  const run = async (
    kind: 'test-connection' | 'self-check',
    checkId: string,
    options: CheckOptions,
  ): Promise<void> => {
    try {
      const report =
        kind === 'self-check' ? await engine.selfCheck(options) : await engine.testConnection(options);
      broadcast.tell('check.ended', { checkId, report });
    } catch (error) {
      broadcast.tell('check.ended', { checkId, error: reportOf(error) });
    } finally {
      underWay.delete(checkId);
    }
  };

  return {
    start({ kind, candidate, attended }) {
      const checkId = uuidV7(random, clock);
      const abort = new AbortController();
      const options: CheckOptions = {
        signal: abort.signal,
        onStep: (step) => broadcast.tell('check.step', { checkId, step }),
        attended,
        ...(candidate === undefined ? {} : { candidate }),
      };
      underWay.set(checkId, { abort, done: run(kind, checkId, options) });
      return checkId;
    },
    async prove(checkId = uuidV7(random, clock), work) {
      if (underWay.has(checkId)) throw refused('There is a check with this id already.');
      const abort = new AbortController();
      const working = work({
        signal: abort.signal,
        onStep: (step) => broadcast.tell('check.step', { checkId, step }),
        onReport: (report) => broadcast.tell('check.ended', { checkId, report }),
      });
      const done = working.then(
        () => undefined,
        () => undefined,
      );
      underWay.set(checkId, { abort, done });
      try {
        return await working;
      } finally {
        underWay.delete(checkId);
      }
    },
    cancel: (checkId) => underWay.get(checkId)?.abort.abort(),
    async stop() {
      const all = [...underWay.values()];
      for (const { abort } of all) abort.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}
