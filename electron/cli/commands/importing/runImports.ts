import type { CallInput } from '../../../../shared/contract/calls.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type { ImportReport } from '../../../../shared/importReport.ts';
import type { Engine } from '../../../engine/engine.ts';
import { type Answer, done, failing } from '../../answer.ts';
import type { Context } from '../../context.ts';
import { formatCount } from '../../output/formatAmounts.ts';
import { requireSettings } from '../../settings/requireSettings.ts';
import { usageError } from '../../usageError.ts';
import { answerReport, describeReport } from './answerImport.ts';
import { followImport, reportOf } from './followImport.ts';
import { sendFile } from './sendFile.ts';

export interface ImportOptions {
  readonly channel?: string;
  readonly set?: string;
}

/** One file of this machine. */
export function runFile(
  context: Context,
  path: string,
  options: ImportOptions,
  mode: 'real' | 'test' | 'preview',
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const channel = options.channel ?? onlyChannel(engine);
    const uploadId = await sendFile(context, engine, path);
    const request: CallInput<'imports.start'> = {
      channel,
      mode,
      uploadId,
      startedBy: 'command line',
      ...(options.set === undefined ? {} : { set: options.set }),
    };
    const ended = await followImport(context, engine, {
      until: 'imports.ended',
      start: async () => (await engine.ask('imports.start', request)).runId,
      isIt: ({ runId }, id) => runId === id,
    });
    context.eraseProgress();
    return answerReport(reportOf(ended));
  });
}

/** What lies on the FTP site, and in the incoming folder. */
export function runWaiting(context: Context, options: ImportOptions): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const { channel } = options;
    const taken = await followImport(context, engine, {
      until: 'imports.taken',
      start: async () => (await engine.ask('imports.take', channel === undefined ? {} : { channel })).takeId,
      isIt: ({ takeId }, id) => takeId === id,
    });
    context.eraseProgress();
    const reports: ImportReport[] = [];
    for (const runId of taken.runIds) {
      const report = await engine.ask('imports.show', { runId });
      if (report !== undefined) reports.push(report);
    }
    const lines = [
      ...(reports.length === 0 && taken.error === undefined ? ['There is nothing to import.'] : []),
      ...reports.flatMap(describeReport),
      ...(taken.growing > 0
        ? [`${formatCount(taken.growing, 'file')} still being uploaded, left for the next time.`]
        : []),
    ];
    if (taken.error !== undefined) throw new ExchangeError(taken.error);
    const value = { reports, growing: taken.growing };
    const failed = reports.find(({ outcome }) => outcome !== 'published' && outcome !== 'tested');
    return failed?.error === undefined ? done(value, lines) : failing(failed.error, value, lines);
  });
}

function onlyChannel(engine: Engine): string {
  const [only, another] = requireSettings(engine).imports;
  if (only !== undefined && another === undefined) return only.name;
  throw usageError(
    only === undefined ? 'There is no import channel yet.' : 'There are several import channels: say which.',
    only === undefined
      ? 'Add one: branchline imports channels add rate-book --dataset rate-book --folder ratebooks'
      : 'For example: branchline imports run --channel rate-book book.csv',
  );
}
