import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { listing } from '../answer.ts';
import { describeExportRun } from '../output/describeExport.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';

const shown = 50;

export function addExportsHistory(exports: Command, act: Act): void {
  addExamples(
    exports
      .command('history [name]')
      .description('Lists the latest runs, newest first: of one export, or of all.')
      .action((name: string | undefined) =>
        act((context) =>
          context.withEngine(async (engine) => {
            const runs = await engine.ask('exports.history', { name, limit: shown });
            const lines =
              runs.length === 0
                ? ['No export has run yet.']
                : formatTable(
                    ['Began', 'Export', 'Asked for by', ''],
                    runs.map((run) => [
                      formatTime(run.startedMs),
                      run.name,
                      run.startedBy,
                      [describeExportRun(run), run.note].filter((part) => part !== '').join('. '),
                    ]),
                  );
            return listing(runs, lines);
          }),
        ),
      ),
    ['branchline exports history', 'branchline exports history users --json'],
  );
}
