import type { Settings } from '../../../../shared/settings.ts';
import type { TransmissionRow } from '../../../../shared/views.ts';
import { nextRun } from '../../host/nextRun.ts';
import { shareOf } from '../../host/spread.ts';
import { type Finding, failed, fine, note } from './finding.ts';

export interface ScheduleFacts {
  readonly settings: Settings;
  /** An engine serves this data directory, and so keeps its schedule. */
  readonly served: boolean;
  readonly last: TransmissionRow | undefined;
  readonly nowMs: number;
}

/** How late the next planned run after the last one may be. */
const graceMs = 10 * 60_000;

/** Whether something transmits by itself, and whether it did. A pure rule. */
export function checkSchedule({ settings, served, last, nowMs }: ScheduleFacts): Finding {
  const lastWords = last === undefined ? 'It never transmitted.' : `Last: ${ago(nowMs - last.startedMs)}.`;
  if (!settings.schedule.enabled) {
    return note(
      `No schedule is set. ${lastWords}`,
      'Transmissions begin only when somebody, or a script, asks for one.',
      'To transmit by itself: branchline config set schedule.enabled=true, then branchline service install. With cron, nothing has to be done.',
    );
  }
  if (!served) {
    return failed(
      'nothing-keeps-the-schedule',
      `A schedule is set, but nothing keeps it. ${lastWords}`,
      'No engine is running on this data directory, so nothing is transmitted by itself.',
      'Start one that stays: branchline service install (or branchline engine, or the desktop program).',
    );
  }
  const plan = { schedule: settings.schedule, share: shareOf(settings) };
  const due = last === undefined ? undefined : nextRun(plan, last.startedMs);
  if (due !== undefined && nowMs > due + graceMs) {
    return note(
      `An engine is running. ${lastWords}`,
      'A transmission should have begun since then.',
      'Look at the history, and at the hours of the schedule.',
    );
  }
  if (last?.outcome === 'failed') {
    return note(
      `An engine is running. ${lastWords} It failed: ${last.result?.error?.message ?? 'see the history'}`,
      'It is tried again at the next time.',
      last.result?.error?.advice ?? '',
    );
  }
  return fine(`An engine keeps it. ${lastWords}`);
}

function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 2) return 'just now';
  if (minutes < 120) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
