import { cancelledError, type ErrorReport } from '../../../../shared/errors.ts';
import type { CheckReport, CheckStep } from '../../../../shared/views.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Check, type Finding, failedBy } from './finding.ts';

export interface ExamineOptions {
  readonly clock: Clock;
  readonly server: string;
  readonly signal: AbortSignal;
  readonly onStep: (step: CheckStep) => void;
}

/**
 * Makes all checks in their order, whatever each finds, and says the verdict.
 *
 * Promise: never throws. The report's error is that of the first failed check; `cancelled` when the signal fired.
 */
export async function examine(checks: readonly Check[], options: ExamineOptions): Promise<CheckReport> {
  const { clock, server, signal, onStep } = options;
  const steps: CheckStep[] = [];
  let error: ErrorReport | undefined;
  for (const check of checks) {
    if (signal.aborted) break;
    const startedMs = clock.monotonic();
    const finding = await lookSafely(check);
    // What broke off because it was cancelled says nothing of the site.
    if (signal.aborted) break;
    const { outcome, detail, meaning, advice } = finding;
    const durationMs = clock.monotonic() - startedMs;
    const step = { name: check.name, label: check.label, outcome, durationMs, detail, meaning, advice };
    steps.push(step);
    onStep(step);
    if (outcome === 'failed') error ??= errorOf(check, finding);
  }
  if (signal.aborted) {
    const verdict = 'The check was interrupted.';
    return { ok: false, verdict, server, steps, error: cancelledError(verdict).report() };
  }
  return { ok: error === undefined, verdict: verdictOf(steps), server, steps, error };
}

async function lookSafely(check: Check): Promise<Finding> {
  try {
    return await check.look();
  } catch (error) {
    return failedBy(error);
  }
}

function errorOf(check: Check, { code, detail, advice, error }: Finding): ErrorReport {
  return (
    error ?? { code: code ?? 'doctor-failed', class: 'fix', message: `${check.label}: ${detail}`, advice }
  );
}

function verdictOf(steps: readonly CheckStep[]): string {
  const labels = (outcome: CheckStep['outcome']) =>
    steps.filter((step) => step.outcome === outcome).map(({ label }) => label);
  const failures = labels('failed');
  const others = [
    ['Worth knowing', labels('note')],
    ['Not checked', labels('not-run')],
  ] as const;
  return [
    failures.length > 0 ? `Not well: ${failures.join(', ')}.` : 'All that was checked is well.',
    ...others.flatMap(([word, named]) => (named.length === 0 ? [] : [`${word}: ${named.join(', ')}.`])),
  ].join(' ');
}
