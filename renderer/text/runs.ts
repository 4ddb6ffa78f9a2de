import { counted, listed } from './words.ts';

interface Counts {
  readonly sentPackets: number;
  readonly receivedPackets: number;
  readonly receivedFiles: number;
}

/** What is said of transmissions, in Transmit and in History. */
export const runs = {
  outcomes: {
    done: 'Done',
    partial: 'Partly done',
    failed: 'Failed',
    cancelled: 'Cancelled',
    running: 'Under way',
    interrupted: 'Interrupted',
  },
  modes: { full: 'Full', 'export-only': 'Export only', 'import-only': 'Import only' },
  moved: ({ sentPackets, receivedPackets, receivedFiles }: Counts) =>
    sentPackets + receivedPackets === 0
      ? 'Nothing had to be sent or received.'
      : `${listed([
          ...(sentPackets > 0 ? [`${counted(sentPackets, 'packet')} sent`] : []),
          ...(receivedPackets > 0
            ? [`${counted(receivedPackets, 'packet')} received (${counted(receivedFiles, 'file')})`]
            : []),
        ])}.`,
  rejected: (count: number) => `${counted(count, 'packet was', 'packets were')} rejected.`,
  skipped: (count: number) => `${counted(count, 'packet is', 'packets are')} skipped.`,
  interrupted: 'The program ended before this transmission did; the next one took up its work.',
  noResult: 'It left no result.',
  levels: { info: 'Info', warning: 'Warning', error: 'Error' },
  log: 'Log',
  logEmpty: 'Nothing was logged.',
} as const;
