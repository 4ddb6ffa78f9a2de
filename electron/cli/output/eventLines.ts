import { type EventData, type EventName, events } from '../../../shared/contract/calls.ts';
import { isEventName } from '../../../shared/contract/channels.ts';
import type { Message } from '../../../shared/contract/wire.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { describeTransmission } from './answerTransmission.ts';
import { formatTime } from './formatAmounts.ts';

/** One line of the engine's own log. */
export interface EventLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/**
 * Turns what the engine tells into lines for a log: when a transmission begins, each of its notes, how it ended, and
 * when the next one is planned. One event, one line; what says nothing new gives none.
 */
export function createEventLines(): (message: Message) => EventLine[] {
  let runId = '';
  let nextRunMs: number | undefined;
  const begins = (id: string): EventLine[] => {
    if (id === runId) return [];
    runId = id;
    return [{ level: 'info', text: 'A transmission begins.' }];
  };
  const stateLines = (state: EventData<'state.is'>): EventLine[] => {
    const known = nextRunMs;
    nextRunMs = state.nextRunMs;
    if (nextRunMs === undefined || nextRunMs === known) return [];
    return [{ level: 'info', text: `The next transmission is planned for ${formatTime(nextRunMs)}.` }];
  };
  return (message) => {
    if (message.kind !== 'event' || !isEventName(message.event)) return [];
    const state = dataOf('state.is', message);
    if (state !== undefined) return stateLines(state);
    const progress = dataOf('run.progress', message);
    if (progress !== undefined) return begins(progress.runId);
    const noted = dataOf('run.note', message);
    if (noted !== undefined)
      return [...begins(noted.runId), { level: noted.note.level, text: noted.note.text }];
    const ended = dataOf('run.ended', message);
    return ended === undefined ? [] : [...begins(ended.runId), ...endLines(ended)];
  };
}

function endLines({ result, error }: EventData<'run.ended'>): EventLine[] {
  if (result === undefined)
    return [{ level: 'error', text: `The transmission failed. ${sentence(error)}`.trim() }];
  const [verdict = ''] = describeTransmission(result);
  const level = result.outcome === 'failed' ? 'error' : result.outcome === 'partial' ? 'warning' : 'info';
  return [
    { level, text: result.error === undefined ? verdict : `${verdict} ${result.error.advice}`.trim() },
    ...result.attention.map(({ text }): EventLine => ({ level: 'warning', text })),
  ];
}

function sentence(error: ErrorReport | undefined): string {
  return error === undefined ? '' : `${error.message} ${error.advice}`.trim();
}

function dataOf<N extends EventName>(
  name: N,
  message: { readonly event: string; readonly data?: unknown },
): EventData<N> | undefined {
  if (message.event !== name) return undefined;
  const parsed = events[name].safeParse(message.data);
  // Parsed by this very event's schema; TypeScript cannot follow that through the table.
  return parsed.success ? (parsed.data as EventData<N>) : undefined;
}
