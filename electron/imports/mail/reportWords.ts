import type { ImportIssue, ImportReport } from '../../../shared/importReport.ts';
import { mostRejectedRows } from '../rejectedRows.ts';

/** What came of an import, in one sentence. */
export function describeOutcome(report: ImportReport): string {
  const { outcome, counts, source, dataset, set } = report;
  const cut = counts.rejected > mostRejectedRows ? ` (the first ${mostRejectedRows} are in the file)` : '';
  const kept = counts.rejected === 0 ? '' : ` ${rows(counts.rejected)} kept out${cut}.`;
  switch (outcome) {
    case 'published':
      return report.mode === 'rollback'
        ? `An earlier edition of ${dataset}, ${set}, is published again: ${source}.`
        : `${source} is published as ${dataset}, ${set}: ${rows(counts.accepted)}.${kept}`;
    case 'tested':
      return `Test of ${source}: it would be published with ${rows(counts.accepted)}. Nothing was changed.${kept}`;
    case 'previewed':
      return `Preview of ${source}: ${rows(counts.accepted)}. Nothing was changed.${kept}`;
    case 'failed':
      return report.mode === 'real'
        ? `${source} was refused. The set published before stays as it is.`
        : `${source} would be refused. Nothing was changed.`;
    case 'cancelled':
      return `The import of ${source} was cancelled. The set published before stays as it is.`;
    case 'interrupted':
      return `The program ended while it imported ${source}. The set published before stays as it is.`;
    case 'running':
    case 'publishing':
      return `${source} is being imported.`;
  }
}

export function subjectOf(report: ImportReport): string {
  const what = report.mode === 'test' ? 'Import test' : 'Import';
  const place = `${report.channel}${report.set === 'default' ? '' : ` (${report.set})`}`;
  const kept = report.counts.rejected > 0 ? `, ${rows(report.counts.rejected)} kept out` : '';
  const end = report.outcome === 'failed' ? 'REFUSED' : report.outcome;
  return `${what} of ${report.source.replaceAll(/\p{C}/gu, '?')} into ${place}: ${end}${kept}`;
}

/** `error, term: not one of 24, 36, 48 (3 rows: lines 4, 9, 12)`. */
export function describeIssue(issue: ImportIssue): string {
  const lines = issue.samples.map(({ line }) => line).join(', ');
  const where = issue.file === '' ? '' : `${issue.file}, `;
  return `${issue.severity}${issue.column === '' ? '' : `, ${issue.column}`}: ${issue.reason} (${rows(issue.count)}: ${where}${issue.samples.length === 1 ? 'line' : 'lines'} ${lines}${issue.count > issue.samples.length ? ', …' : ''})`;
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
