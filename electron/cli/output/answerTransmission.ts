import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import type { TransmissionResult } from '../../../shared/progress.ts';
import { type Answer, done, failing } from '../answer.ts';
import { formatBytes, formatCount, formatDuration } from './formatAmounts.ts';
import { formatTable } from './formatTable.ts';
import { safeText } from './safeText.ts';

function verdict(result: TransmissionResult): string {
  const { sent, received } = result;
  const what =
    sent.packets + received.packets === 0
      ? 'nothing was sent and nothing received'
      : `${formatCount(sent.packets, 'packet')} sent, ${formatCount(received.packets, 'packet')} received`;
  switch (result.outcome) {
    case 'done':
      return `Done: ${what}.`;
    case 'partial':
      return `Done in part: ${what}. ${received.waiting > 0 && result.attention.length === 0 ? 'What is missing has been asked for and will come by itself.' : 'Some things need attention.'}`;
    case 'cancelled':
      return `Stopped: ${what}. The next run picks up from here.`;
    case 'failed':
      return `FAILED: ${what}. ${safeText(result.error?.message ?? '')}`.trimEnd();
  }
}

/** The counts of a run; lines that would only say "none" are left out. */
function details(result: TransmissionResult): string[] {
  const { packed, sent, received, receipts, queue } = result;
  const rows: [string, string][] = [];
  const add = (worth: boolean, label: string, text: string) => {
    if (worth) rows.push([`  ${label}`, text]);
  };
  add(
    packed.files > 0,
    'Packed',
    `${formatCount(packed.files, 'file')} in ${formatCount(packed.packets, 'packet')}`,
  );
  add(
    packed.leftForNextTime > 0,
    'Left',
    `${formatCount(packed.leftForNextTime, 'file')} still being written; next time`,
  );
  add(sent.packets > 0, 'Sent', `${formatCount(sent.packets, 'packet')}, ${formatBytes(sent.bytes)}`);
  add(
    received.packets > 0,
    'Received',
    `${formatCount(received.packets, 'packet')} with ${formatCount(received.files, 'file')}, ${formatBytes(received.bytes)}`,
  );
  add(received.rejected > 0, 'Rejected', formatCount(received.rejected, 'packet'));
  add(received.duplicates > 0, 'Duplicates', `${formatCount(received.duplicates, 'packet')}, already here`);
  add(
    received.waiting > 0,
    'Out of order',
    `${formatCount(received.waiting, 'packet')} waiting for an earlier one`,
  );
  add(
    receipts.sent + receipts.received > 0,
    'Receipts',
    `${receipts.sent} sent, ${receipts.received} received`,
  );
  add(
    queue.queued + queue.skipped > 0,
    'Queue',
    `${queue.queued} waiting to be sent, ${queue.skipped} skipped`,
  );
  add(true, 'Took', formatDuration(result.endedMs - result.startedMs));
  return formatTable(undefined, rows);
}

function errorOf(result: TransmissionResult): ErrorReport {
  if (result.outcome === 'cancelled') {
    return { code: 'cancelled', class: 'cancelled', message: 'The run was cancelled.', advice: '' };
  }
  if (result.outcome === 'partial') {
    return {
      code: 'partial',
      class: 'fix',
      message: result.attention.map(({ text }) => text).join(' ') || 'The transmission was done in part.',
      advice: 'See what is skipped or waiting with: branchline queue list, branchline status',
    };
  }
  return (
    result.error ??
    new ExchangeError({ code: 'unexpected', class: 'retry', message: 'The transmission failed.' }).report()
  );
}

/** A transmission's result, whenever it ran. */
export function describeTransmission(result: TransmissionResult): string[] {
  return [
    verdict(result),
    ...details(result),
    ...(result.attention.length === 0 ? [] : ['Needs attention:']),
    ...result.attention.map(({ text }) => `  - ${safeText(text)}`),
    ...(result.error === undefined || result.error.advice === ''
      ? []
      : [`What to do: ${safeText(result.error.advice)}`]),
  ];
}

export function answerTransmission(result: TransmissionResult): Answer {
  const lines = describeTransmission(result);
  return result.outcome === 'done' ? done(result, lines) : failing(errorOf(result), result, lines);
}
