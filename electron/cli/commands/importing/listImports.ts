import { writeFile } from 'node:fs/promises';
import type { ImportReport, ImportRow } from '../../../../shared/importReport.ts';
import type { Engine } from '../../../engine/engine.ts';
import { type Answer, done, listing } from '../../answer.ts';
import type { Context } from '../../context.ts';
import { formatDuration, formatTime } from '../../output/formatAmounts.ts';
import { formatTable } from '../../output/formatTable.ts';
import { usageError } from '../../usageError.ts';
import { answerReport, describeReport, importOutcomeWords } from './answerImport.ts';

export function listImports(
  context: Context,
  options: { readonly channel?: string; readonly limit: number },
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const { channel, limit } = options;
    const rows = await engine.ask('imports.list', { limit, ...(channel === undefined ? {} : { channel }) });
    if (rows.length === 0) return listing([], ['There was no import yet.']);
    const head = ['Begun', 'Took', 'Channel, set', 'Outcome', 'Taken', 'Kept out', 'File', 'Id'];
    return listing(rows, formatTable(head, rows.map(describeRow), [1, 4, 5]));
  });
}

function describeRow(row: ImportRow): string[] {
  return [
    formatTime(row.startedMs),
    row.endedMs === undefined ? '–' : formatDuration(row.endedMs - row.startedMs),
    `${row.channel}, ${row.set}`,
    `${importOutcomeWords[row.outcome]}${row.mode === 'rollback' ? ' (rollback)' : row.mode === 'test' && row.outcome === 'failed' ? ' (test)' : ''}`,
    String(row.counts.accepted),
    String(row.counts.rejected),
    row.source,
    row.runId,
  ];
}

/** The latest, or the only one whose id begins so. Errors: usage. */
async function findReport(engine: Engine, wanted: string | undefined): Promise<ImportReport | undefined> {
  const rows = await engine.ask('imports.list', { limit: 1000 });
  const matches =
    wanted === undefined ? rows.slice(0, 1) : rows.filter(({ runId }) => runId.startsWith(wanted));
  const [only, another] = matches;
  if (wanted !== undefined && (only === undefined || another !== undefined)) {
    throw usageError(
      only === undefined
        ? `There is no import ${JSON.stringify(wanted)}.`
        : `${matches.length} imports begin with ${JSON.stringify(wanted)}.`,
      'The ids stand in the last column of: branchline imports list',
    );
  }
  return only === undefined ? undefined : await engine.ask('imports.show', { runId: only.runId });
}

export function showImport(context: Context, wanted: string | undefined): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const report = await findReport(engine, wanted);
    return report === undefined
      ? listing(null, ['There was no import yet.'])
      : listing(report, describeReport(report));
  });
}

export function saveRejected(
  context: Context,
  wanted: string | undefined,
  output: string | undefined,
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const report = await findReport(engine, wanted);
    if (report?.rejectedFile !== true) return listing(null, ['No rows were kept out.']);
    const path = output ?? `rejected-${report.runId.slice(0, 13)}.csv`;
    let text = '';
    for (let offset: number | undefined = 0; offset !== undefined; ) {
      const piece: { text: string; nextOffset?: number | undefined } = await engine.ask('imports.rejected', {
        runId: report.runId,
        offset,
      });
      text += piece.text;
      offset = piece.nextOffset;
    }
    await writeFile(path, text, { flag: output === undefined ? 'wx' : 'w' }).catch((error: unknown) => {
      throw usageError(
        `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        'Name another file: --output rows.csv',
      );
    });
    return done({ path, rows: report.counts.rejected }, [
      `${report.counts.rejected} rows that were kept out are in ${path}.`,
      report.outcome === 'published'
        ? 'Correct them there and import that file into the same channel: its rows go into the published set.'
        : 'They say what to correct in the whole file: nothing of it was published.',
    ]);
  });
}

export function listEditions(context: Context, channel: string, set: string | undefined): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const editions = await engine.ask('imports.editions', { channel, ...(set === undefined ? {} : { set }) });
    if (editions.length === 0) return listing([], ['Nothing was published yet.']);
    const rows = editions.map((edition) => [
      edition.state,
      formatTime(edition.madeMs),
      String(edition.rows),
      edition.source,
      edition.editionId,
    ]);
    return listing(editions, formatTable(['State', 'Made', 'Rows', 'File', 'Edition'], rows, [2]));
  });
}

export function rollBack(
  context: Context,
  channel: string,
  options: { readonly set?: string; readonly edition?: string },
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const report = await engine.ask('imports.rollback', {
      channel,
      startedBy: 'command line',
      ...(options.set === undefined ? {} : { set: options.set }),
      ...(options.edition === undefined ? {} : { editionId: options.edition }),
    });
    return answerReport(report);
  });
}
