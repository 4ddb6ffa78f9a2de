import type { ExportRunView } from '../../../shared/contract/exportsCalls.ts';
import { formatCount } from './formatAmounts.ts';

/** How a run of an export ended, in a few words. */
export function describeExportRun(run: ExportRunView): string {
  switch (run.outcome) {
    case 'done':
      return `${formatCount(run.rows, 'row')} in ${run.fileName ?? ''}`;
    case 'empty':
      return 'nothing had changed, no file was written';
    case 'running':
      return 'under way';
    case 'interrupted':
      return 'interrupted; the next run finishes or undoes it';
    case 'cancelled':
      return 'cancelled';
    case 'failed':
      return `FAILED: ${run.error?.message ?? ''}`;
  }
}
