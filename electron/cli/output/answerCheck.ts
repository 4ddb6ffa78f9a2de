import type { ErrorReport } from '../../../shared/errors.ts';
import { exitCodes } from '../../../shared/exitCodes.ts';
import type { CheckReport, CheckStep } from '../../../shared/views.ts';
import { type Answer, done } from '../answer.ts';
import { errorToExitCode } from '../errorToExitCode.ts';
import { formatTable } from './formatTable.ts';
import { safeText } from './safeText.ts';

const outcomeWords: Readonly<Record<CheckStep['outcome'], string>> = {
  ok: 'ok',
  failed: 'FAILED',
  note: 'note',
  'not-run': 'not run',
};

function describeSteps(steps: readonly CheckStep[]): string[] {
  const rows = formatTable(
    undefined,
    steps.map((step) => [
      `  ${outcomeWords[step.outcome]}`,
      step.label,
      step.outcome === 'not-run' ? '' : `${Math.round(step.durationMs)} ms`,
      step.detail,
    ]),
    [2],
  );
  return steps.flatMap((step, index) => {
    const more = step.outcome === 'failed' || step.outcome === 'note' ? [step.meaning, step.advice] : [];
    return [
      rows[index] ?? '',
      ...more.filter((text) => text !== '').map((text) => `            ${safeText(text)}`),
    ];
  });
}

/** A check's report: the verdict first, then each step, with what a failed one means and what to ask for. */
export function answerCheck(title: string, codeWhenRed: string, report: CheckReport): Answer {
  const lines = [
    `${title}: ${report.ok ? 'ok' : 'FAILED'}. ${safeText(report.verdict)}`,
    ...(report.server === '' ? [] : [`Server: ${safeText(report.server)}`]),
    ...(report.steps.length === 0 ? [] : ['']),
    ...describeSteps(report.steps),
  ];
  if (report.ok) return done(report, lines);
  const failed = report.steps.find((step) => step.outcome === 'failed');
  const red: ErrorReport = {
    code: codeWhenRed,
    class: 'fix',
    message: report.verdict,
    advice: failed?.advice ?? '',
  };
  const error = report.error ?? red;
  const advice =
    failed === undefined && error.advice !== '' ? ['', `What to do: ${safeText(error.advice)}`] : [];
  const byError = errorToExitCode(error);
  return {
    // A server's refusal of one step has no exit code of its own; the red check has.
    exitCode: byError === exitCodes.unexpected ? errorToExitCode(red) : byError,
    value: report,
    lines: [...lines, ...advice],
    error,
  };
}
