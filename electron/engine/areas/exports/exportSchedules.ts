import type { Settings } from '../../../../shared/settings.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { Clock } from '../../../platform/clock.ts';
import { createSchedule, type Scheduler } from '../../host/schedule.ts';
import { lastLookMs, planOf } from './exportViews.ts';

export interface ExportSchedules {
  begin(): void;
  /** Settings were saved. */
  plan(): void;
  stop(): void;
}

/**
 * Starts exports at their times while the engine is open.
 *
 * Promise: a time that passed while the program was off is made up once, at the beginning.
 */
export function createExportSchedules(parts: {
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Undefined where they cannot be read. */
  readonly settings: () => Settings | undefined;
  readonly start: (name: string) => void;
}): ExportSchedules {
  const { clock, ledger, settings, start } = parts;
  const schedulers = new Map<string, Scheduler>();
  let begun = false;

  const exportsNow = () => {
    const known = settings();
    return known?.site.role === 'central' ? known.exports : [];
  };
  const update = (makeUp: boolean) => {
    const names = new Set(exportsNow().map(({ name }) => name));
    for (const [name, scheduler] of schedulers) {
      if (names.has(name)) continue;
      scheduler.stop();
      schedulers.delete(name);
    }
    for (const name of names) {
      const known = schedulers.get(name);
      const scheduler =
        known ??
        createSchedule({
          clock,
          sitePlan: () => planOf(exportsNow().find((one) => one.name === name)),
          lastStartedMs: async () => lastLookMs(ledger, name),
          start: () => start(name),
        });
      schedulers.set(name, scheduler);
      void (makeUp ? scheduler.begin() : scheduler.plan()).catch(() => undefined);
    }
  };
  return {
    begin() {
      begun = true;
      update(true);
    },
    plan() {
      if (begun) update(false);
    },
    stop() {
      for (const scheduler of schedulers.values()) scheduler.stop();
      schedulers.clear();
    },
  };
}
