import type { TransmissionRow } from '../../../shared/views.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Answer, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatDuration, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { outcomeWords } from '../output/outcomeWords.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { describeNotes } from './historyNotes.ts';

function describe(row: TransmissionRow): string[] {
  return [
    formatTime(row.startedMs),
    row.endedMs === undefined ? '–' : formatDuration(row.endedMs - row.startedMs),
    outcomeWords[row.outcome],
    row.result === undefined ? '–' : String(row.result.sent.packets),
    row.result === undefined ? '–' : String(row.result.received.packets),
    row.mode === 'full' ? '' : row.mode,
    row.transmissionId,
  ];
}

/** What the history holds besides transmissions, for people; `history notes` has it for scripts. */
async function noteLines(engine: Engine): Promise<string[]> {
  const notes = await engine.historyNotes(notesShown);
  return notes.length === 0 ? [] : ['', 'Also noted:', ...describeNotes(notes)];
}

const notesShown = 5;

export function listHistory(context: Context, limit: number): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const rows = await engine.history(limit);
    const notes = await noteLines(engine);
    if (rows.length === 0)
      return listing([], ['There has been no transmission yet. Run: branchline transmit', ...notes]);
    const head = ['Started', 'Took', 'Outcome', 'Sent', 'Received', '', 'Id'];
    return listing(rows, [...formatTable(head, rows.map(describe), [1, 3, 4]), ...notes]);
  });
}
