import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ElectronParts } from './electronParts.ts';
import { shellText } from './shellText.ts';

/** Says something where the person sees it, whether or not there is a window. A click shows the window. */
export type Notify = (title: string, body: string) => void;

export function createNotify(
  { Notification }: Pick<ElectronParts, 'Notification'>,
  icon: string,
  show: () => void,
): Notify {
  return (title, body) => {
    if (!Notification.isSupported()) return;
    const note = new Notification({ title, body, icon });
    note.on('click', show);
    note.show();
  };
}

/** States that last, in which every scheduled run ends the same way: told when they begin, not every quarter of an hour. */
const lasting: readonly string[] = ['suspended', 'login-held', 'ftp-disabled'];

/** Tells of failed transmissions, unless the person is looking at the window, which says it too. */
export function notifyFailures(client: ContractClient, isLookedAt: () => boolean, notify: Notify): void {
  let told: string | undefined;
  client.on('run.ended', ({ result, error }) => {
    const reason = error ?? (result?.outcome === 'failed' ? result.error : undefined);
    const isOld = reason !== undefined && lasting.includes(reason.code) && reason.code === told;
    told = reason?.code;
    if (isOld) return;
    const hasFailed = result?.outcome === 'failed' || (error !== undefined && error.class !== 'cancelled');
    if (hasFailed && !isLookedAt()) notify(shellText.notes.failed, sentences(reason));
  });
}

export function sentences(error: ErrorReport | undefined): string {
  return error === undefined ? '' : `${error.message} ${error.advice}`.trim();
}
