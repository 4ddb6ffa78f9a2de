import type { ActiveRun, PresentState } from '../../../shared/contract/calls.ts';
import type { StateTone } from '../../parts/stateTone.ts';
import { text } from '../../text/en.ts';

interface SiteSentence {
  readonly tone: StateTone;
  readonly title: string;
  /** What follows from it; empty where nothing does. */
  readonly more: string;
}

/** How this site stands, in a sentence. What matters most to the person comes first. */
export function siteSentence(
  site: Pick<PresentState, 'status' | 'settings'>,
  active: ActiveRun | undefined,
): SiteSentence {
  const words = text.transmit;
  const { status } = site;
  const last = status.lastTransmission;
  if (active !== undefined) {
    return { tone: 'busy', title: words.runningNow[active.mode], more: words.startedBy(active.startedBy) };
  }
  if (lacksServer(site.settings)) return { tone: 'warn', title: words.noServer, more: words.noServerMore };
  const resting = restingSentence(status.connection);
  if (resting !== undefined) return { tone: 'warn', title: resting, more: '' };
  if (last?.outcome === 'failed') return { tone: 'bad', title: words.failed, more: '' };
  const { skipped, queued, published } = status.queue;
  if (skipped > 0) {
    return { tone: 'bad', title: skipped === 1 ? words.skippedOne : words.skipped(skipped), more: '' };
  }
  if (last?.outcome === 'cancelled') return { tone: 'idle', title: words.cancelled, more: words.resumeMore };
  if (last?.outcome === 'interrupted') {
    return { tone: 'warn', title: words.interrupted, more: words.resumeMore };
  }
  if (last?.outcome === 'partial') return { tone: 'warn', title: words.partial, more: words.partialMore };
  if (status.waitingFiles + queued > 0) {
    return { tone: 'info', title: words.waiting(status.waitingFiles, queued), more: '' };
  }
  if (last === undefined) return { tone: 'info', title: words.neverRan, more: words.neverRanMore };
  return { tone: 'good', title: words.allSent, more: words.allSentMore(published) };
}

/** Why no connection is made now, where none is. */
function restingSentence(connection: PresentState['status']['connection']): string | undefined {
  if (connection === undefined) return undefined;
  if (!connection.enabled) return text.transmit.ftpOff;
  if (connection.heldLogin !== undefined) return text.transmit.held;
  return connection.suspended === undefined ? undefined : text.transmit.suspended;
}

/** Whether a transmission cannot even begin, because nobody said where the server is. */
export function lacksServer(settings: PresentState['settings']): boolean {
  return settings?.ftp.protocol === 'ftp' && settings.ftp.host === '';
}
