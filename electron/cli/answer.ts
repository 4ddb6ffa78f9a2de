import type { ErrorReport } from '../../shared/errors.ts';
import { type ExitCode, exitCodes } from '../../shared/exitCodes.ts';
import { errorToExitCode } from './errorToExitCode.ts';

/** What a command has to say when it is through; printed in one place, for people or as JSON. */
export interface Answer {
  readonly exitCode: ExitCode;
  /** `value` of the JSON document. */
  readonly value: unknown;
  /** For people: the verdict first, then the details. */
  readonly lines: readonly string[];
  /** Why the exit code is not 0. */
  readonly error?: ErrorReport;
  /** The lines are what was asked for, not news of a deed: `--quiet` prints them all the same. */
  readonly isListing?: boolean;
}

/** A deed is done. */
export function done(value: unknown, lines: readonly string[]): Answer {
  return { exitCode: exitCodes.done, value, lines };
}

/** What was asked for. */
export function listing(value: unknown, lines: readonly string[]): Answer {
  return { exitCode: exitCodes.done, value, lines, isListing: true };
}

/** A result that is there, but not good. */
export function failing(error: ErrorReport, value: unknown, lines: readonly string[]): Answer {
  return { exitCode: errorToExitCode(error), value, lines, error };
}
