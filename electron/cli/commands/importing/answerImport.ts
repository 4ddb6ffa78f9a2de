import type { ImportReport } from '../../../../shared/importReport.ts';
import { type Answer, done, failing } from '../../answer.ts';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../output/formatAmounts.ts';
import { formatTable } from '../../output/formatTable.ts';
import { safeText } from '../../output/safeText.ts';

export const importOutcomeWords: Readonly<Record<ImportReport['outcome'], string>> = {
  running: 'running',
  publishing: 'publishing',
  published: 'published',
  tested: 'tested',
  previewed: 'previewed',
  failed: 'REFUSED',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

/** A report for people: the verdict first. */
export function describeReport(report: ImportReport): string[] {
  const { counts, difference, error } = report;
  const facts = [
    ['  Into', `${report.channel}: dataset ${report.dataset}, set ${report.set}`],
    ['  From', report.origin],
    ...(report.sizeBytes > 0 ? [['  Size', formatBytes(report.sizeBytes)]] : []),
    ['  Begun', formatTime(report.startedMs)],
    ...(report.endedMs === undefined ? [] : [['  Took', formatDuration(report.endedMs - report.startedMs)]]),
    ['  Rows', `${counts.rows} read, ${counts.accepted} taken, ${counts.rejected} kept out`],
    ...(counts.warnings + counts.notices > 0
      ? [
          [
            '  Besides',
            `${formatCount(counts.warnings, 'warning')}, ${formatCount(counts.notices, 'notice')}`,
          ],
        ]
      : []),
    ...(report.previousRows === undefined ? [] : [['  Before', formatCount(report.previousRows, 'row')]]),
    ...(difference === undefined
      ? []
      : [
          [
            '  Difference',
            `${difference.added} added, ${difference.changed} changed, ${difference.removed} removed`,
          ],
        ]),
    ...(report.editionId === undefined ? [] : [['  Edition', report.editionId]]),
    ['  Import', report.runId],
  ];
  return [
    safeText(verdict(report)),
    ...formatTable(undefined, facts),
    ...describeIssues(report),
    ...describeSamples(report),
    ...(report.rejectedFile ? [`The rows kept out: branchline imports rejected ${report.runId}`] : []),
    ...(error === undefined || error.advice === '' ? [] : [`What to do: ${safeText(error.advice)}`]),
  ];
}

function verdict({ outcome, source, error, mode }: ImportReport): string {
  switch (outcome) {
    case 'published':
      return mode === 'rollback' ? `Published again: ${source}.` : `Published: ${source}.`;
    case 'tested':
      return `Tested: ${source} would be published. Nothing was changed.`;
    case 'previewed':
      return `Preview of ${source}. Nothing was changed.`;
    case 'failed':
      return `REFUSED: ${source}. ${error?.message ?? ''} What was published before stays.`;
    case 'cancelled':
      return `Cancelled: ${source}. What was published before stays.`;
    case 'interrupted':
      return `Interrupted: the program ended while it imported ${source}. What was published before stays.`;
    case 'running':
    case 'publishing':
      return `Being imported: ${source}.`;
  }
}

function describeIssues({ issues, moreIssues }: ImportReport): string[] {
  if (issues.length === 0) return [];
  const rows = issues.map(({ severity, file, column, reason, count, samples }) => [
    `  ${severity}`,
    column,
    String(count),
    `${file === '' ? '' : `${file} `}${samples.map(({ line }) => line).join(', ')}`,
    reason,
  ]);
  return [
    ...formatTable(['  What', 'Column', 'Rows', 'First lines', 'Why'], rows, [2]),
    ...(moreIssues > 0 ? [`  and ${moreIssues} more`] : []),
  ];
}

function describeSamples({ difference, mode }: ImportReport): string[] {
  if (mode !== 'preview' || difference === undefined || difference.samples.length === 0) return [];
  const text = (values: Readonly<Record<string, unknown>> | undefined) =>
    Object.values(values ?? {})
      .map((value) => (value === null ? '' : String(value)))
      .join(' | ');
  return difference.samples.flatMap(({ kind, before, after }) => [
    ...(before === undefined ? [] : [safeText(`  ${kind === 'removed' ? '- ' : '~ '}${text(before)}`)]),
    ...(after === undefined ? [] : [safeText(`  ${kind === 'added' ? '+ ' : '→ '}${text(after)}`)]),
  ]);
}

export function answerReport(report: ImportReport): Answer {
  const lines = describeReport(report);
  const good =
    report.outcome === 'published' || report.outcome === 'tested' || report.outcome === 'previewed';
  if (good) return done(report, lines);
  const error = report.error ?? {
    code: report.outcome,
    class: 'retry' as const,
    message: 'The import did not end.',
    advice: '',
  };
  return failing(error, report, lines);
}
