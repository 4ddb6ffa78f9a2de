import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { ImportReport } from '../../../../shared/importReport.ts';
import type { ImportChannel } from '../../../../shared/importsSettings.ts';
import { safeFileName } from '../../../imports/importFiles.ts';
import type { TellPeople } from '../../../imports/importRequest.ts';
import { reportMail, startMail } from '../../../imports/mail/reportMail.ts';
import { describeOutcome } from '../../../imports/mail/reportWords.ts';
import type { PartnerParts } from '../partnerParts.ts';

/** A mail server takes no more than this, as a rule. */
const mostAttachedBytes = 5_000_000;

/** Mail to the channel's recipients, and an alarm that stands until the next import of that set goes well. */
export function tellPeople({ alarms, post }: Pick<PartnerParts, 'alarms' | 'post'>): TellPeople {
  return {
    start(channel, report) {
      if (!channel.mailOnStart || report.mode === 'preview') return;
      post.send({ to: channel.recipients, ...startMail(report) });
    },
    end(channel, report, rejectedPath) {
      if (report.mode === 'real' || report.mode === 'rollback') tellAlarm(channel, report);
      if (!wantsMail(channel, report)) return;
      const name = `rejected-${safeFileName(report.source.replace(/\.(?:zip|csv|txt|tsv)$/i, ''))}.csv`;
      const attachment =
        rejectedPath === undefined ? undefined : { name, type: 'text/csv', content: readBegin(rejectedPath) };
      post.send({
        to: channel.recipients,
        ...reportMail(report, attachment?.name),
        attachments: attachment === undefined ? [] : [attachment],
      });
    },
  };

  function tellAlarm(channel: ImportChannel, report: ImportReport): void {
    const key = `${channel.name}/${report.set}`;
    if (report.outcome === 'published') alarms.clear('failed-import', key);
    if (report.outcome !== 'failed') return;
    alarms.raise({
      kind: 'failed-import',
      key,
      subject: `Import failed: ${report.source} into ${key}`.replaceAll(/\p{C}/gu, '?'),
      body: [
        describeOutcome(report),
        report.error?.message ?? '',
        report.error?.advice ?? '',
        `See the report: window Imports, or branchline imports show ${report.runId}`,
      ]
        .filter((line) => line !== '')
        .join('\n'),
    });
  }
}

function wantsMail(channel: ImportChannel, report: ImportReport): boolean {
  if (report.mode === 'preview' || report.mode === 'rollback' || channel.mailReport === 'never') return false;
  const { rejected, warnings } = report.counts;
  const hasProblems = report.outcome !== 'published' && report.outcome !== 'tested';
  if (channel.mailReport === 'with-problems' && !hasProblems && rejected + warnings === 0) return false;
  // Those who read the alarms are told of a failure by the alarm already; only the rejected rows are worth a second mail.
  const toldByAlarm =
    report.mode === 'real' && report.outcome === 'failed' && channel.recipients.length === 0;
  return !toldByAlarm || report.rejectedFile;
}

/** Whole lines, as many as there is room for. */
function readBegin(path: string): Buffer {
  const size = statSync(path).size;
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(size, mostAttachedBytes));
    readSync(file, bytes, 0, bytes.length, 0);
    return size <= mostAttachedBytes ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1);
  } finally {
    closeSync(file);
  }
}
