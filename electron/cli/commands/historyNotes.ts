import type { HistoryNote } from '../../../shared/contract/rows.ts';
import { type Answer, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';

export function describeNotes(notes: readonly HistoryNote[]): string[] {
  return formatTable(
    undefined,
    notes.map((note) => [`  ${formatTime(note.atMs)}`, note.text]),
  );
}

/** What the history holds besides transmissions. */
export function listNotes(context: Context, limit: number): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const notes = await engine.historyNotes(limit);
    return listing(notes, notes.length === 0 ? ['Nothing was noted.'] : describeNotes(notes));
  });
}
