import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { addExportsAdd } from './exportsAdd.ts';
import { addExportsHistory } from './exportsHistory.ts';
import { addExportsList } from './exportsList.ts';
import { addExportsRun } from './exportsRun.ts';

export function addExports(program: Command, act: Act): void {
  const exports = program
    .command('exports')
    .summary('datasets as CSV files for partners')
    .description(
      'Writes datasets, or a query on them, as CSV into folders of the FTP site: by a schedule, or on demand.',
    );
  addExamples(exports, [
    'branchline exports add users --every 60',
    'branchline exports run users',
    'branchline exports list',
  ]);
  addExportsList(exports, act);
  addExportsAdd(exports, act);
  addExamples(
    exports
      .command('remove <name>')
      .description('Removes an export. Files on the FTP site stay; they are no longer pruned.')
      .action((name: string) =>
        act((context) =>
          context.withEngine(async (engine) => {
            await engine.ask('exports.remove', { name });
            return done({ removed: name }, [`Removed the export ${name}. Its files stay on the FTP site.`]);
          }),
        ),
      ),
    ['branchline exports remove users'],
  );
  addExportsRun(exports, act);
  addExportsHistory(exports, act);
}
