import type { PresentState } from '../../../shared/contract/calls.ts';
import type { ErrorClass } from '../../../shared/errors.ts';
import { text } from '../../text/en.ts';

export type AttentionAction =
  | 'retry-skipped'
  | 'open-queue'
  | 'open-ftp'
  | 'self-check'
  | 'look-at-server'
  | 'transmit'
  | 'open-last';

export interface AttentionItem {
  readonly key: string;
  /** `note`: worth knowing, and nothing has to be done. */
  readonly level: 'bad' | 'warn' | 'note';
  readonly title: string;
  readonly body: string;
  /** Single cases, where there are several. */
  readonly details: readonly string[];
  readonly actions: readonly AttentionAction[];
}

/** What to do about a failed transmission. The first one is the likeliest to help. */
const afterFailure: Readonly<Record<ErrorClass, readonly AttentionAction[]>> = {
  retry: ['transmit', 'self-check', 'open-last'],
  busy: ['transmit', 'open-last'],
  fix: ['open-ftp', 'self-check', 'open-last'],
  full: ['self-check', 'open-queue', 'open-last'],
  trust: ['look-at-server', 'open-ftp', 'open-last'],
  cancelled: ['transmit', 'open-last'],
};

/** The banner above every window tells of these, for as long as they last. */
const toldByBanner: readonly string[] = ['suspended', 'login-held', 'ftp-disabled'];
const bannerSentence =
  /^(The connection is suspended|The server refused the log-in, so scheduled|FTP is switched off)/;

/** The engine's sentences for terminals name commands; a window offers buttons instead. */
const commandHint = / \(branchline [^)]*\)$| Retry it with: branchline .*$| To try at once: branchline .*$/;
const skippedSentence = /^Packet \S+ was skipped: /;

/** What needs a person, each with what can be done about it; the gravest first. */
export function attentionItems(
  site: Pick<PresentState, 'status' | 'settings' | 'hasPassword'>,
): AttentionItem[] {
  const words = text.transmit;
  const { status, settings } = site;
  const items: AttentionItem[] = [];
  const plain = [...new Set(status.attention.map((sentence) => sentence.replace(commandHint, '')))];

  const failure = status.lastTransmission?.result?.error;
  if (failure !== undefined && failure.class !== 'cancelled' && !toldByBanner.includes(failure.code)) {
    items.push({
      key: 'failed',
      level: 'bad',
      title: words.failedTitle,
      body: [failure.message, failure.advice].filter(Boolean).join(' '),
      details: [],
      actions: afterFailure[failure.class],
    });
  }
  if (status.queue.skipped > 0) {
    const cases = plain.filter((sentence) => skippedSentence.test(sentence));
    items.push({
      key: 'skipped',
      level: 'bad',
      title: words.skippedTitle(status.queue.skipped),
      body: words.skippedBody,
      details: cases.slice(0, 3),
      actions: ['retry-skipped', 'open-queue'],
    });
  }
  if (lacksPassword(settings, site.hasPassword)) {
    items.push({
      key: 'password',
      level: 'warn',
      title: words.noPasswordTitle,
      body: words.noPasswordBody,
      details: [],
      actions: ['open-ftp'],
    });
  }
  const gaps = status.streams.filter((stream) => stream.direction === 'in' && stream.missing.length > 0);
  const told = plain.filter(
    (sentence) =>
      !skippedSentence.test(sentence) &&
      !bannerSentence.test(sentence) &&
      !(failure !== undefined && sentence.includes(failure.message)) &&
      !gaps.some((stream) => sentence.startsWith(`Packets from ${stream.with} are missing`)),
  );
  for (const sentence of status.configured ? told : []) {
    items.push({
      key: `told ${sentence}`,
      level: 'warn',
      title: sentence,
      body: '',
      details: [],
      actions: status.lastTransmission === undefined ? [] : ['open-last'],
    });
  }
  for (const stream of gaps) {
    items.push({
      key: `gap ${stream.streamId}`,
      level: 'note',
      title: words.gapTitle(text.sites.within(stream.with)),
      body: words.gapBody,
      details: [],
      actions: [],
    });
  }
  return items;
}

function lacksPassword(settings: PresentState['settings'], hasPassword: boolean): boolean {
  if (settings === undefined || hasPassword) return false;
  const { protocol, logonType } = settings.ftp;
  if (protocol === 'folder' || (protocol === 'sftp' && logonType !== 'normal')) return false;
  return settings.ftp.host !== '' && settings.ftp.username !== '' && settings.ftp.username !== 'anonymous';
}
