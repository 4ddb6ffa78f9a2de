import type { Command } from 'commander';
import type { ExportView } from '../../../shared/contract/exportsCalls.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { listing } from '../answer.ts';
import { describeExportRun } from '../output/describeExport.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';

function rowOf({ settings, nextMs, lastRun, problem }: ExportView): string[] {
  const { name, dataset, set, folder, kind } = settings;
  return [
    name,
    set === undefined ? dataset : `${dataset}/${set}`,
    kind,
    folder,
    nextMs === undefined ? 'on demand' : formatTime(nextMs),
    problem?.message ??
      (lastRun === undefined
        ? 'not run yet'
        : `${formatTime(lastRun.startedMs)}, ${describeExportRun(lastRun)}`),
  ];
}

export function addExportsList(exports: Command, act: Act): void {
  addExamples(
    exports
      .command('list', { isDefault: true })
      .description('Lists the exports, when each runs next, and how its last run ended.')
      .action(() =>
        act((context) =>
          context.withEngine(async (engine) => {
            requireSettings(engine);
            const views = await engine.ask('exports.list', {});
            const lines =
              views.length === 0
                ? ['There are no exports yet. Add one: branchline exports add users --dataset users']
                : formatTable(
                    ['Export', 'Dataset', 'Kind', 'Folder', 'Next run', 'Last run'],
                    views.map(rowOf),
                  );
            return listing(views, lines);
          }),
        ),
      ),
    ['branchline exports list', 'branchline exports list --json'],
  );
}
