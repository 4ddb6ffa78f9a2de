import type { Command } from 'commander';
import type { ExportProgressView, ExportRunView } from '../../../shared/contract/exportsCalls.ts';
import { cancelledError } from '../../../shared/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, failing } from '../answer.ts';
import type { Context } from '../context.ts';
import { describeExportRun } from '../output/describeExport.ts';
import { formatBytes } from '../output/formatAmounts.ts';
import { safeText } from '../output/safeText.ts';

/** An event may be missed where the engine is lost; the run is asked for then. */
const askEveryMs = 2000;

function describe(name: string, progress: ExportProgressView): string {
  switch (progress.what) {
    case 'reading':
      return `${name}: ${progress.rows} rows read`;
    case 'uploading':
      return `${name}: ${formatBytes(progress.bytesDone)} of ${formatBytes(progress.bytesTotal)} sent`;
    default:
      return `${name}: looking at the FTP site`;
  }
}

async function run(context: Context, name: string | undefined, complete: boolean): Promise<Answer> {
  return await context.withEngine(async (engine) => {
    const ended = new Map<string, ExportRunView>();
    let look: (() => void) | undefined;
    const stops = [
      engine.on('exports.progress', ({ name: whose, progress }) =>
        context.showStep(describe(whose, progress)),
      ),
      engine.on('exports.ended', ({ run: one }) => {
        ended.set(one.runId, one);
        look?.();
      }),
    ];
    try {
      const { runs } = await engine.ask('exports.run', { name, complete, startedBy: 'command line' });
      const cancel = () => {
        for (const { runId, joined } of runs) if (!joined) void engine.ask('exports.cancel', { runId });
        look?.();
      };
      context.parts.signal.addEventListener('abort', cancel, { once: true });
      const results: ExportRunView[] = [];
      for (const { runId, joined } of runs) {
        for (;;) {
          const found = ended.get(runId) ?? (await endOf(engine, runId));
          if (found !== undefined) {
            results.push(found);
            break;
          }
          if (joined && context.parts.signal.aborted)
            throw cancelledError('Stopped watching; the export goes on.');
          await new Promise<void>((resolve) => {
            look = resolve;
            context.parts.clock.after(askEveryMs, resolve);
          });
        }
      }
      context.parts.signal.removeEventListener('abort', cancel);
      context.eraseProgress();
      return answerOf(results);
    } finally {
      for (const stop of stops) stop();
    }
  });
}

async function endOf(engine: Engine, runId: string): Promise<ExportRunView | undefined> {
  const found = await engine.ask('exports.result', { runId });
  return found === undefined || found.outcome === 'running' ? undefined : found;
}

function answerOf(results: readonly ExportRunView[]): Answer {
  const lines = results.flatMap((one) => [
    safeText(`${one.name}: ${describeExportRun(one)}.`),
    ...(one.note === '' ? [] : [safeText(`  ${one.note}`)]),
  ]);
  if (results.length === 0) return done([], ['There are no exports. Add one: branchline exports add users']);
  const error = results.find((one) => one.error !== undefined)?.error;
  return error === undefined ? done(results, lines) : failing(error, results, lines);
}

export function addExportsRun(exports: Command, act: Act): void {
  addExamples(
    exports
      .command('run [name]')
      .description(
        'Runs one export now, or all of them. Where Branchline is open already, it runs there; one under way is joined.',
      )
      .option('--complete', 'write all rows, also those that were exported before')
      .action((name: string | undefined, options: { complete?: true }) =>
        act((context) => run(context, name, options.complete === true)),
      ),
    ['branchline exports run users', 'branchline exports run', 'branchline exports run enquiries --complete'],
  );
}
