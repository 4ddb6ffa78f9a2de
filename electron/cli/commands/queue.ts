import type { Command } from 'commander';
import type { DeliveryState, QueueRow } from '../../../shared/views.ts';
import type { Engine, Eventually } from '../../engine/engine.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatBytes, formatCount, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

const stateWords: Readonly<Record<DeliveryState, string>> = {
  queued: 'waiting to be sent',
  published: 'sent, not yet answered',
  answered: 'answered',
  skipped: 'SKIPPED',
  cancelled: 'cancelled',
};

function remark(row: QueueRow): string {
  if (row.lastError !== undefined && row.state !== 'published') {
    const next = row.nextTryMs === undefined ? '' : ` Next try ${formatTime(row.nextTryMs)}.`;
    return `${row.lastError.message}${next}`;
  }
  return row.awaiting.length > 0 && row.state === 'published' ? `awaits ${row.awaiting.join(', ')}` : '';
}

function list(context: Context): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const rows = await engine.queue();
    if (rows.length === 0) return listing([], ['The queue is empty: everything has been sent and answered.']);
    const count = (state: DeliveryState) => rows.filter((row) => row.state === state).length;
    return listing(rows, [
      `${formatCount(rows.length, 'delivery', 'deliveries')}: ${count('queued')} waiting to be sent, ${count('published')} sent and not yet answered, ${count('skipped')} skipped.`,
      '',
      ...formatTable(
        ['Id', 'To', 'Packet', 'Files', 'Size', 'Tries', 'State', ''],
        rows.map((row) => [
          String(row.id),
          row.to,
          row.fileName,
          String(row.files),
          formatBytes(row.sizeBytes),
          String(row.attempts),
          stateWords[row.state],
          remark(row),
        ]),
        [0, 3, 4, 5],
      ),
    ]);
  });
}

async function readIds(engine: Engine, words: readonly string[]): Promise<number[]> {
  const known = new Set((await engine.queue()).map((row) => row.id));
  return words.map((word) => {
    const id = Number(word);
    if (/^\d+$/.test(word) && known.has(id)) return id;
    throw usageError(
      `${JSON.stringify(word)} is not the id of a delivery in the queue.`,
      'The ids stand in the first column of: branchline queue list',
    );
  });
}

function change(
  context: Context,
  words: readonly string[],
  act: (engine: Engine, ids: readonly number[]) => Eventually<number>,
  verb: string,
  after: string,
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const count = await act(engine, await readIds(engine, words));
    return done({ changed: count }, [
      count === 0
        ? `Nothing was changed: there was no delivery that could be ${verb}.`
        : `${formatCount(count, 'delivery', 'deliveries')} ${verb}. ${after}`,
    ]);
  });
}

export function addQueue(program: Command, act: Act): void {
  const queue = program
    .command('queue')
    .summary('show or steer the packets not yet delivered')
    .description('Shows or steers the packets that are not yet delivered.');
  addExamples(queue, ['branchline queue list', 'branchline queue retry']);
  addExamples(
    queue
      .command('list', { isDefault: true })
      .description('Lists the queue.')
      .action(() => act(list)),
    ['branchline queue list', 'branchline queue list --json'],
  );
  addExamples(
    queue
      .command('retry [ids...]')
      .description('Puts skipped deliveries back in the queue: those named, or all.')
      .action((ids: string[]) =>
        act((context) =>
          change(
            context,
            ids,
            (engine, known) => engine.queueRetry(known.length === 0 ? undefined : known),
            'put back in the queue',
            'The next transmission tries again.',
          ),
        ),
      ),
    ['branchline queue retry', 'branchline queue retry 12 14'],
  );
  addExamples(
    queue
      .command('skip <ids...>')
      .description('Sets deliveries aside until a person retries them. The others go on.')
      .action((ids: string[]) =>
        act((context) =>
          change(
            context,
            ids,
            (engine, known) => engine.queueSkip(known),
            'set aside',
            'To send later: branchline queue retry',
          ),
        ),
      ),
    ['branchline queue skip 12'],
  );
  addExamples(
    queue
      .command('cancel <ids...>')
      .description(
        'Gives deliveries up for good. Their addressee is told not to wait; the files stay in the backup folder.',
      )
      .action((ids: string[]) =>
        act((context) =>
          change(
            context,
            ids,
            (engine, known) => engine.queueCancel(known),
            'cancelled',
            'The addressee is told with the next transmission.',
          ),
        ),
      ),
    ['branchline queue cancel 12'],
  );
}
