import { type ErrorReport, ExchangeError } from '../../../../shared/errors.ts';
import type { CheckStep } from '../../../../shared/views.ts';

/** What one check of the doctor found. */
export interface Finding {
  readonly outcome: CheckStep['outcome'];
  /** What was seen, in plain words. */
  readonly detail: string;
  /** For a note or a failure: what it means, and what to do. */
  readonly meaning: string;
  readonly advice: string;
  /** The code of a failure, for scripts. */
  readonly code?: string | undefined;
  /** The failure itself, where it was an error. */
  readonly error?: ErrorReport | undefined;
}

/** One check of the doctor. It may throw: that is a failure too. */
export interface Check {
  readonly name: string;
  readonly label: string;
  readonly look: () => Promise<Finding> | Finding;
}

export function fine(detail: string): Finding {
  return { outcome: 'ok', detail, meaning: '', advice: '' };
}

export function note(detail: string, meaning: string, advice: string): Finding {
  return { outcome: 'note', detail, meaning, advice };
}

export function failed(code: string, detail: string, meaning: string, advice: string): Finding {
  return { outcome: 'failed', detail, meaning, advice, code };
}

export function notRun(detail: string): Finding {
  return { outcome: 'not-run', detail, meaning: '', advice: '' };
}

/** Only what was foreseen is told in full. */
export function failedBy(error: unknown, meaning = ''): Finding {
  if (!(error instanceof ExchangeError)) {
    const why = error instanceof Error ? error.message : 'unknown';
    return failed('unexpected', `This check itself failed: ${why}`, meaning, 'Tell your supplier.');
  }
  const { message, advice } = error;
  return { outcome: 'failed', detail: message, meaning, advice, code: error.code, error: error.report() };
}
