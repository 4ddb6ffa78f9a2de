import type { TransmissionDetail } from '../../../shared/views.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Answer, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { describeTransmission } from '../output/answerTransmission.ts';
import { formatBytes, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { outcomeWords } from '../output/outcomeWords.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

/** The latest, or the only one whose id begins so. Errors: usage. */
async function findRun(engine: Engine, wanted: string | undefined): Promise<TransmissionDetail | undefined> {
  if (wanted === undefined) {
    const [latest] = await engine.history(1);
    return latest === undefined ? undefined : engine.historyShow(latest.transmissionId);
  }
  const exact = await engine.historyShow(wanted);
  if (exact !== undefined) return exact;
  const matches =
    wanted === '' ? [] : (await engine.history()).filter((row) => row.transmissionId.startsWith(wanted));
  const [only, another] = matches;
  if (only !== undefined && another === undefined) return engine.historyShow(only.transmissionId);
  throw usageError(
    another === undefined
      ? `There is no transmission ${JSON.stringify(wanted)}.`
      : `${matches.length} transmissions begin with ${JSON.stringify(wanted)}.`,
    'The ids stand in the last column of: branchline history list',
  );
}

function describePackets(detail: TransmissionDetail): string[] {
  return detail.packets.flatMap((packet) => [
    `${packet.direction === 'sent' ? 'Sent to' : 'Received from'} ${safeText(packet.site)}: ${safeText(packet.fileName)}, ${packet.outcome}`,
    ...(packet.message === '' ? [] : [`  ${safeText(packet.message)}`]),
    ...formatTable(
      undefined,
      packet.files.map((file) => [`  ${file.channel}`, formatBytes(file.sizeBytes), file.path]),
      [1],
    ),
  ]);
}

export function showRun(context: Context, wanted: string | undefined): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const detail = await findRun(engine, wanted);
    if (detail === undefined) {
      return listing(null, ['There has been no transmission yet. Run: branchline transmit']);
    }
    const notes = formatTable(
      undefined,
      detail.notes.map((note) => [
        `  ${formatTime(note.atMs)}`,
        note.level === 'info' ? '' : note.level,
        note.text,
      ]),
    );
    return listing(detail, [
      `Transmission ${detail.transmissionId}, ${formatTime(detail.startedMs)}: ${outcomeWords[detail.outcome]}.`,
      ...(detail.result === undefined ? [] : describeTransmission(detail.result)),
      ...(detail.packets.length === 0 ? [] : ['', ...describePackets(detail)]),
      ...(notes.length === 0 ? [] : ['', 'Log:', ...notes]),
    ]);
  });
}
