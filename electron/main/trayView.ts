import type { PresentState } from '../../shared/contract/calls.ts';
import { shellText } from './shellText.ts';

/** What the tray icon shows: one of its pictures, and the state in words. */
export interface TrayView {
  readonly icon: 'idle' | 'busy' | 'attention' | 'lost';
  readonly words: string;
}

const { tray, outcomes, product } = shellText;

/** Shape: `state` is undefined as long as the engine has not told it, or is out of reach. */
export function trayView(
  state: PresentState | undefined,
  connected: boolean,
  formatTime: (ms: number) => string,
): TrayView {
  if (state === undefined || !connected) return { icon: 'lost', words: `${product}: ${tray.lost}` };
  const { status } = state;
  const named = (words: string) => `${product}, ${status.site?.label ?? ''}: ${words}`;
  if (!status.configured) return { icon: 'idle', words: `${product}: ${tray.notSetUp}` };
  if (state.activeRun !== undefined) return { icon: 'busy', words: named(tray.transmitting) };
  const last = status.lastTransmission;
  const lastWords =
    last === undefined
      ? tray.never
      : tray.last(outcomes[last.outcome], formatTime(last.endedMs ?? last.startedMs));
  const isTrouble = last?.outcome === 'failed' || status.attention.length > 0;
  if (!isTrouble) return { icon: 'idle', words: named(lastWords) };
  return { icon: 'attention', words: named(status.attention.length > 0 ? tray.attention : lastWords) };
}
