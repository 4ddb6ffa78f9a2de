import type { TransmissionRow } from '../../../shared/views.ts';
import { type Answer, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatDuration, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { outcomeWords } from '../output/outcomeWords.ts';
import { requireSettings } from '../settings/requireSettings.ts';

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

export function listHistory(context: Context, limit: number): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const rows = await engine.history(limit);
    if (rows.length === 0)
      return listing([], ['There has been no transmission yet. Run: branchline transmit']);
    const head = ['Started', 'Took', 'Outcome', 'Sent', 'Received', '', 'Id'];
    return listing(rows, formatTable(head, rows.map(describe), [1, 3, 4]));
  });
}
