import type { ImportReport } from '../../../shared/importReport.ts';
import { type Html, html } from './html.ts';
import { describeIssue, describeOutcome, subjectOf } from './reportWords.ts';

/** A message for people, in the form that the mail room takes. */
export interface ReportMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const mostIssues = 30;

/** The report of an import, as an e-mail: what came of it, what is wrong, and what to do. */
export function reportMail(report: ImportReport, attached: string | undefined): ReportMail {
  const facts = factsOf(report);
  const issues = report.issues.slice(0, mostIssues);
  const more = report.issues.length - issues.length + report.moreIssues;
  const advice = report.error?.advice ?? '';
  const closing = closingOf(report, attached);
  const text = [
    describeOutcome(report),
    ...(report.error === undefined ? [] : [report.error.message]),
    ...(advice === '' ? [] : [`What to do: ${advice}`]),
    '',
    ...facts.map(([label, value]) => `${label}: ${value}`),
    ...(issues.length === 0
      ? []
      : ['', 'What was found:', ...issues.map((issue) => `- ${describeIssue(issue)}`)]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(closing === '' ? [] : ['', closing]),
  ].join('\n');
  return { subject: subjectOf(report), text, html: page(report, facts, issues, more, closing).text };
}

function factsOf(report: ImportReport): [string, string][] {
  const { counts } = report;
  const facts: [string, string][] = [
    ['File', report.source],
    ['From', report.origin],
    ['Import channel', report.channel],
    ['Dataset and set', `${report.dataset}, ${report.set}`],
    ['Rows', String(counts.rows)],
    ['Taken', String(counts.accepted)],
    ['Kept out', String(counts.rejected)],
    ['Warnings and notices', String(counts.warnings + counts.notices)],
  ];
  if (report.previousRows !== undefined) facts.push(['Rows of the set before', String(report.previousRows)]);
  if (report.difference !== undefined) {
    const { added, changed, removed } = report.difference;
    facts.push(['Publishing it would', `add ${added}, change ${changed} and remove ${removed} rows`]);
  }
  if (report.endedMs !== undefined) {
    facts.push(['Took', `${((report.endedMs - report.startedMs) / 1000).toFixed(1)} s`]);
  }
  if (report.editionId !== undefined) facts.push(['Edition', report.editionId]);
  facts.push(['Import', report.runId]);
  return facts;
}

function closingOf(report: ImportReport, attached: string | undefined): string {
  if (attached === undefined) return '';
  const correct =
    report.outcome === 'published'
      ? 'Correct them there and drop that file where this one was dropped: its rows go into the published set, and the first five columns may stay.'
      : 'They say what to correct in the whole file.';
  return `The rows that were kept out are attached as ${attached}. ${correct} A ' before =, +, - or @ keeps a spreadsheet from running it as a formula, and is taken away again.`;
}

function page(
  report: ImportReport,
  facts: readonly [string, string][],
  issues: ImportReport['issues'],
  more: number,
  closing: string,
): Html {
  const colour = report.outcome === 'failed' ? '#b3261e' : report.counts.rejected > 0 ? '#8a5300' : '#1b6e3c';
  const cell = 'padding:4px 12px 4px 0;vertical-align:top;text-align:left';
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${subjectOf(report)}</title></head>
<body style="font:14px/1.45 system-ui,Segoe UI,sans-serif;color:#1c1c1e;max-width:720px">
<h1 style="font-size:18px;color:${colour}">${describeOutcome(report)}</h1>
${report.error === undefined ? html`` : html`<p>${report.error.message}</p>`}
${report.error === undefined || report.error.advice === '' ? html`` : html`<p><b>What to do:</b> ${report.error.advice}</p>`}
<table style="border-collapse:collapse">${facts.map(
    ([label, value]) =>
      html`<tr><th scope="row" style="${cell};font-weight:400;color:#555">${label}</th><td style="${cell}">${value}</td></tr>`,
  )}</table>
${
  issues.length === 0
    ? html``
    : html`<h2 style="font-size:15px">What was found</h2><table style="border-collapse:collapse"><tr>${[
        '',
        'Column',
        'What',
        'Rows',
        'First lines',
      ].map((head) => html`<th style="${cell}">${head}</th>`)}</tr>${issues.map(
        (issue) =>
          html`<tr><td style="${cell}">${issue.severity}</td><td style="${cell}">${issue.column}</td><td style="${cell}">${issue.reason}</td><td style="${cell}">${issue.count}</td><td style="${cell}">${issue.file === '' ? '' : `${issue.file}: `}${issue.samples.map(({ line }) => line).join(', ')}</td></tr>`,
      )}</table>${more > 0 ? html`<p>And ${more} more.</p>` : html``}`
}
${closing === '' ? html`` : html`<p>${closing}</p>`}
</body></html>
`;
}

/** The mail that an import has begun. */
export function startMail(report: ImportReport): ReportMail {
  const subject = `Import begun: ${report.source} into ${report.channel}`;
  const text = `The import of ${report.source} (${report.origin}) into ${report.dataset}, ${report.set}, has begun${report.mode === 'test' ? ' as a test: nothing will be published' : ''}. A report follows.`;
  return {
    subject,
    text,
    html: html`<!doctype html><html lang="en"><body><p>${text}</p></body></html>`.text,
  };
}
