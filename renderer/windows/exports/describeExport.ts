import type { ExportProgressView, ExportView } from '../../../shared/contract/exportsCalls.ts';
import { formatBytes } from '../../parts/formatBytes.ts';
import type { StateTone } from '../../parts/stateTone.ts';
import { text } from '../../text/en.ts';

const tones: Readonly<Record<NonNullable<ExportView['lastRun']>['outcome'], StateTone>> = {
  running: 'busy',
  done: 'good',
  empty: 'good',
  failed: 'bad',
  cancelled: 'warn',
  interrupted: 'warn',
};

interface Description {
  readonly tone: StateTone;
  readonly state: string;
  readonly detail: string;
}

/** How an export stands: what runs, else what makes it impossible, else how the last run ended. */
export function describeExport(view: ExportView, progress: ExportProgressView | undefined): Description {
  const words = text.exports;
  const { active, problem, lastRun } = view;
  if (active !== undefined)
    return { tone: 'busy', state: words.states.running, detail: describeProgress(progress) };
  if (problem !== undefined)
    return { tone: 'bad', state: words.states.problem, detail: `${problem.message} ${problem.advice}` };
  if (lastRun === undefined) return { tone: 'idle', state: words.states.never, detail: '' };
  const { outcome, error, note } = lastRun;
  const detail =
    outcome === 'interrupted'
      ? words.interrupted
      : error === undefined
        ? note
        : `${error.message} ${error.advice}`;
  return { tone: tones[outcome], state: words.states[outcome], detail };
}

function describeProgress(progress: ExportProgressView | undefined): string {
  const words = text.exports.progress;
  switch (progress?.what) {
    case undefined:
      return '';
    case 'reading':
      return words.reading(progress.rows);
    case 'uploading':
      return words.uploading(formatBytes(progress.bytesDone), formatBytes(progress.bytesTotal));
    case 'settling':
    case 'tidying':
      return words[progress.what];
  }
}
