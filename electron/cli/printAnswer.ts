import { type ErrorReport, ExchangeError } from '../../shared/errors.ts';
import { type ExitCode, exitCodes } from '../../shared/exitCodes.ts';
import type { Answer } from './answer.ts';
import type { CliParts } from './cliParts.ts';
import { errorToExitCode } from './errorToExitCode.ts';
import { safeText } from './output/safeText.ts';

/** How the answer is to be given; known even when the arguments made no sense. */
export interface AnswerStyle {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

function printJson(parts: CliParts, document: unknown): void {
  parts.stdout.write(`${JSON.stringify(document, null, parts.stdout.isTTY ? 2 : undefined)}\n`);
}

/** Prints a command's answer: one JSON document, or lines for people. */
export function printAnswer(parts: CliParts, style: AnswerStyle, answer: Answer): ExitCode {
  if (style.json) {
    printJson(parts, {
      ok: answer.exitCode === exitCodes.done,
      exitCode: answer.exitCode,
      ...(answer.error === undefined ? {} : { error: answer.error }),
      value: answer.value,
    });
    return answer.exitCode;
  }
  if (!style.quiet || answer.isListing || answer.exitCode !== exitCodes.done) {
    for (const line of answer.lines) parts.stdout.write(`${line}\n`);
  }
  return answer.exitCode;
}

function reportOf(error: unknown): ErrorReport {
  if (error instanceof ExchangeError) return error.report();
  return {
    code: 'unexpected',
    class: 'fix',
    message: `Something went wrong that Branchline did not foresee: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Run the command again with --verbose and send what it prints to your supplier.',
  };
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const trace = error.stack ?? error.message;
  return error.cause === undefined ? trace : `${trace}\nCaused by: ${traceOf(error.cause)}`;
}

/** Prints an error: what happened, what the server said, what to do. No stack trace unless `--verbose`. */
export function printError(parts: CliParts, style: AnswerStyle, error: unknown): ExitCode {
  const report = reportOf(error);
  const exitCode = errorToExitCode(report);
  if (style.json) {
    printJson(parts, { ok: false, exitCode, error: report });
  } else {
    for (const line of report.message.split('\n')) parts.stderr.write(`${safeText(line)}\n`);
    if (
      error instanceof ExchangeError &&
      error.reply !== undefined &&
      !report.message.includes(error.reply)
    ) {
      parts.stderr.write(`  The server said: ${safeText(error.reply)}\n`);
    }
    if (report.advice !== '') parts.stderr.write(`  What to do: ${safeText(report.advice)}\n`);
  }
  if (style.verbose) parts.stderr.write(`${traceOf(error)}\n`);
  return exitCode;
}
