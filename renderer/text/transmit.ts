import { counted } from './words.ts';

export const transmit = {
  title: 'Transmit',
  transmit: 'Transmit',
  exportOnly: 'Export only',
  importOnly: 'Import only',
  exportOnlyHint: 'Sends what waits here and fetches nothing.',
  importOnlyHint: 'Fetches what waits on the server and sends nothing but receipts.',
  cancelRun: 'Cancel',
  cancelling: 'Cancelling…',
  cancelHint: 'What has been transferred is kept; the next transmission goes on from there.',

  stateLabel: 'State of this site',
  notConnected: 'The engine is away; the last known state is shown.',
  noServer: 'Branchline does not know the server yet.',
  noServerMore: 'Fill in the FTP Configuration first; then transmit.',
  runningNow: {
    full: 'Sending and receiving…',
    'export-only': 'Sending…',
    'import-only': 'Receiving…',
  },
  startedBy: (who: string) =>
    who === 'window'
      ? 'Started from a window'
      : who === 'schedule'
        ? 'Started by the schedule'
        : who === 'suspension'
          ? 'Started because the time of suspension is over'
          : `Started by ${who}`,
  neverRan: 'This site has not transmitted yet.',
  neverRanMore: 'Press Transmit to exchange data for the first time.',
  failed: 'The last transmission failed.',
  suspended: 'The connection rests. What is packed waits in the queue.',
  held: 'The server refused the log-in. What is packed waits in the queue.',
  ftpOff: 'FTP is switched off. What is packed waits in the queue.',
  cancelled: 'The last transmission was cancelled.',
  interrupted: 'The last transmission was interrupted.',
  resumeMore: 'Transmit again: it goes on where it stopped.',
  skipped: (count: number) => `${counted(count, 'packet')} could not be delivered and wait for you.`,
  skippedOne: 'One packet could not be delivered and waits for you.',
  partial: 'The last transmission was partly done.',
  partialMore: 'What is missing is tried again with the next one.',
  waiting: (files: number, packets: number) =>
    [
      ...(files > 0 ? [counted(files, 'file')] : []),
      ...(packets > 0 ? [counted(packets, 'packet')] : []),
    ].join(' and ') + (files + packets === 1 ? ' waits to be sent.' : ' wait to be sent.'),
  allSent: 'Everything has been sent.',
  allSentMore: (published: number) =>
    published === 0
      ? 'All of it has been answered.'
      : `${counted(published, 'packet')} on the server ${published === 1 ? 'awaits its' : 'await their'} receipts.`,

  progressLabel: 'Progress of the transmission',
  phases: {
    prepare: 'Preparing',
    connect: 'Connecting',
    export: 'Sending packets',
    import: 'Receiving packets',
    receipts: 'Exchanging receipts',
    'clean-up': 'Cleaning up',
    done: 'Finishing',
  },
  starting: 'Starting',
  packetsOf: (done: string, total: string) => `${done} of ${total} packets`,
  bytesOf: (done: string, total: string) => `${done} of ${total}`,
  left: (duration: string) => `${duration} left`,
  percent: (value: number) => `${value} %`,

  attentionTitle: 'Needs you',
  skippedTitle: (count: number) => `${counted(count, 'packet')} skipped`,
  skippedBody:
    'Their retries are used up, or somebody set them aside. Mend the cause, then put them back in the queue.',
  failedTitle: 'The last transmission failed',
  gapTitle: (site: string) => `Packets from ${site} are missing`,
  gapBody: 'They were asked for again and come with one of the next transmissions. You need to do nothing.',
  noPasswordTitle: 'The password is missing',
  noPasswordBody: 'Enter it in the FTP Configuration; without it the server refuses the log-in.',
  retrySkipped: 'Retry skipped',
  openQueue: 'Open queue',
  openFtp: 'Open FTP Configuration',
  openHistory: 'Show this transmission',
  selfCheck: 'Run the self-check',
  lookAtServer: 'Look at what the server shows',
  transmitAgain: 'Transmit again',
  retried: (count: number) =>
    count === 0
      ? 'No packet was skipped any more.'
      : `${counted(count, 'packet is', 'packets are')} back in the queue.`,

  last: 'Last transmission',
  lastNone: 'None yet.',
  next: 'Next transmission',
  nextNone: 'When you press Transmit.',
  nextOff: 'The schedule is off.',
  openSchedule: 'Change the schedule',
  inQueue: 'Waiting here',
  inQueueNothing: 'Nothing waits.',
  waitingFiles: (count: number) => `${counted(count, 'file')} in the outgoing folder, not packed yet`,
  queued: (count: number, size: string) => `${counted(count, 'packet')} to send, ${size}`,
  published: (count: number) => `${counted(count, 'packet')} sent, not answered yet`,

  showLog: 'Show log',
  hideLog: 'Hide log',
  logTitle: 'Log of this transmission',
  logEmpty: 'Nothing yet. Lines appear here while a transmission is under way.',
  logEarlier: (count: number) =>
    `${counted(count, 'earlier line')} ${count === 1 ? 'is' : 'are'} in History.`,
} as const;
