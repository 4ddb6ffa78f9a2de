import type { RowIssue } from '../../../../shared/dataset.ts';
import { writeFileAtomic } from '../../../platform/atomicWrite.ts';
import { csvText } from '../../../platform/csv/csvText.ts';

/** Writes beside a file what of it was not added and why, as CSV for people. */
export function writeAppendReport(path: string, failure: string, issues: readonly RowIssue[]): void {
  const rows = issues.map(({ line, column, value, reason }) => [line, column, value, reason]);
  const whole = failure === '' ? [] : [['', '', '', failure]];
  writeFileAtomic(path, csvText([['line', 'column', 'value', 'reason'], ...rows, ...whole], 'neutralise'));
}
