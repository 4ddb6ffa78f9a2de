import type { EventData } from '../../shared/contract/calls.ts';
import type { CheckReport, CheckStep } from '../../shared/views.ts';

/** A Test Connection or self-check, under way until it has a report or an error. */
export interface CheckRecord {
  readonly steps: readonly CheckStep[];
  readonly report?: CheckReport | undefined;
  readonly error?: EventData<'check.ended'>['error'];
  readonly ended: boolean;
}

/** By check id. Events may come before the answer that tells which id is ours, so all recent ones are kept. */
export type CheckState = Readonly<Record<string, CheckRecord>>;

const kept = 8;

export function afterCheckStep(before: CheckState, data: EventData<'check.step'>): CheckState {
  const record = before[data.checkId] ?? { steps: [], ended: false };
  return withRecord(before, data.checkId, { ...record, steps: [...record.steps, data.step] });
}

export function afterCheckEnded(before: CheckState, data: EventData<'check.ended'>): CheckState {
  const record = before[data.checkId] ?? { steps: [], ended: false };
  const steps = data.report?.steps ?? record.steps;
  return withRecord(before, data.checkId, { steps, report: data.report, error: data.error, ended: true });
}

function withRecord(before: CheckState, checkId: string, record: CheckRecord): CheckState {
  const others = Object.entries(before).filter(([id]) => id !== checkId);
  return Object.fromEntries([...others.slice(-(kept - 1)), [checkId, record]]);
}
