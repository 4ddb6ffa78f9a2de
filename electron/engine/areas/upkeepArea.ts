import type { upkeepCalls } from '../../../shared/contract/upkeepCalls.ts';
import type { CheckReport } from '../../../shared/views.ts';
import type { Area, AreaParts } from './area.ts';
import { diagnostics } from './upkeep/diagnostics.ts';
import { doctor } from './upkeep/doctor.ts';

/** Doctor and diagnostics: what a site needs, and what happened to it. */
export function createUpkeepArea(parts: AreaParts): Area<keyof typeof upkeepCalls> {
  const underWay = new Map<
    string,
    { readonly abort: AbortController; readonly done: Promise<CheckReport> }
  >();

  const examine = async (checkId: string, offline: boolean): Promise<CheckReport> => {
    const abort = new AbortController();
    const done = doctor(parts, {
      offline,
      signal: abort.signal,
      onStep: (step) => parts.tell('upkeep.step', { checkId, step }),
    });
    underWay.set(checkId, { abort, done });
    try {
      return await done;
    } finally {
      underWay.delete(checkId);
    }
  };

  return {
    handlers: {
      'upkeep.doctor': ({ checkId, offline }) => examine(checkId, offline),
      'upkeep.cancel': ({ checkId }) => {
        underWay.get(checkId)?.abort.abort();
        return {};
      },
      'upkeep.diagnostics': async ({ checkId, offline, withNames }) =>
        await diagnostics(parts, await examine(checkId, offline), withNames),
    },
    async close() {
      const all = [...underWay.values()];
      for (const { abort } of all) abort.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}
