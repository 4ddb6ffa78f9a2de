import type { ActiveRun, EventData } from '../../shared/contract/calls.ts';

export type RunNoteRow = ActiveRun['notes'][number];

/** A transmission that ended while this window watched. */
export interface EndedRun {
  readonly run: ActiveRun;
  /** Both undefined while only the present state told that it ended. */
  readonly result?: EventData<'run.ended'>['result'];
  readonly error?: EventData<'run.ended'>['error'];
}

export interface RunState {
  readonly active?: ActiveRun;
  readonly ended?: EndedRun;
}

/** As many lines as the window shows; the whole log is in History. */
const longestLog = 2000;

/** The present state names the run under way; lines seen before are kept, so that the log does not shrink. */
export function afterPresentState(before: RunState, active: ActiveRun | undefined): RunState {
  if (active === undefined) {
    if (before.active === undefined) return before;
    return { ended: { run: before.active } };
  }
  if (before.active?.runId !== active.runId) return { ...before, active };
  return { ...before, active: { ...active, notes: joinNotes(before.active.notes, active.notes) } };
}

export function afterProgress(before: RunState, data: EventData<'run.progress'>): RunState {
  if (before.active?.runId !== data.runId) return before;
  return { ...before, active: { ...before.active, progress: data.progress } };
}

export function afterNote(before: RunState, data: EventData<'run.note'>): RunState {
  if (before.active?.runId !== data.runId) return before;
  const notes = [...before.active.notes, data.note].slice(-longestLog);
  return { ...before, active: { ...before.active, notes } };
}

export function afterRunEnded(before: RunState, data: EventData<'run.ended'>): RunState {
  const run = before.active?.runId === data.runId ? before.active : before.ended?.run;
  if (run?.runId !== data.runId) return before;
  const { active, ...rest } = before;
  const ended: EndedRun = { run, result: data.result, error: data.error };
  return active?.runId === data.runId || active === undefined
    ? { ...rest, ended }
    : { ...rest, active, ended };
}

function joinNotes(seen: readonly RunNoteRow[], said: readonly RunNoteRow[]): RunNoteRow[] {
  const last = seen.at(-1);
  if (last === undefined) return [...said];
  const at = said.findLastIndex((note) => note.atMs === last.atMs && note.text === last.text);
  return at < 0 ? [...said] : [...seen, ...said.slice(at + 1)].slice(-longestLog);
}
