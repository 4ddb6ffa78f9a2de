import type { ExchangeError } from '../../shared/errors.ts';
import type { ImportCounts } from '../../shared/importReport.ts';
import type { ImportLimits } from '../../shared/importsSettings.ts';
import { importError } from './importError.ts';

export interface StagedCounts extends Pick<ImportCounts, 'rows' | 'rejected'> {
  /** Rows that would be published. */
  readonly staged: number;
  /** Rows of the published set; undefined where there is none. */
  readonly previousRows: number | undefined;
  /** Rejected rows of an earlier file, corrected: the rest of the set stays as it is. */
  readonly isCorrection: boolean;
}

/** Why a set is refused whole; undefined when it is within its channel's limits. */
export function checkLimits(limits: ImportLimits, counts: StagedCounts): ExchangeError | undefined {
  const { rows, rejected, staged, previousRows, isCorrection } = counts;
  const errorsPercent = rows === 0 ? 0 : (rejected / rows) * 100;
  if (isCorrection && rejected === rows) {
    return importError(
      'nothing-corrected',
      `None of the ${rows} corrected rows can be taken.`,
      'The reasons stand in the report. Correct the columns of the dataset, not those in front that say what was wrong.',
    );
  }
  if (!isCorrection && errorsPercent > limits.mostRowErrorsPercent) {
    return importError(
      'too-many-row-errors',
      `${rejected} of ${rows} rows have errors: ${percent(errorsPercent)}, and at most ${percent(limits.mostRowErrorsPercent)} may have.`,
      'See the report for the reasons. Have the file corrected and sent again, or raise the limit of the import channel.',
    );
  }
  if (staged < limits.leastRows) {
    return importError(
      'too-few-rows',
      `The set would have ${staged} rows, and it must have at least ${limits.leastRows}.`,
      'Have the whole file sent again, or lower the limit of the import channel.',
    );
  }
  const least = ((previousRows ?? 0) * limits.leastPreviousRowsPercent) / 100;
  if (staged < least) {
    return importError(
      'too-few-rows',
      `The set would have ${staged} rows, where the published one has ${previousRows}: less than ${percent(limits.leastPreviousRowsPercent)} of it.`,
      'A part may be missing: have the whole file sent again. Where it is right, lower the limit of the import channel.',
    );
  }
  return undefined;
}

function percent(value: number): string {
  return `${Number(value.toFixed(value < 10 ? 2 : 1))} %`;
}
