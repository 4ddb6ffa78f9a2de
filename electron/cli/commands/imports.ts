import { type Command, InvalidArgumentError } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { addImportChannels } from './importing/channels.ts';
import { listEditions, listImports, rollBack, saveRejected, showImport } from './importing/listImports.ts';
import { type ImportOptions, runFile, runWaiting } from './importing/runImports.ts';

function readLimit(text: string): number {
  if (!/^[1-9]\d{0,2}$|^1000$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return Number(text);
}

const channelWords = 'the import channel; may be left out where there is only one';
const setWords = 'the set, where the channel has several';

export function addImports(program: Command, act: Act): void {
  const imports = program
    .command('imports')
    .summary('import sets that come as CSV or ZIP')
    .description(
      'A new set replaces the one before as a whole, or not at all; the one before is archived and can be published again.',
    );
  addExamples(imports, [
    'branchline imports channels add rate-book --dataset rate-book --folder ratebooks',
    'branchline imports preview book.csv',
    'branchline imports run book.csv',
    'branchline imports rollback rate-book',
  ]);
  addImportChannels(imports, act);
  addRunning(imports, act);
  addLooking(imports, act);
}

function addRunning(imports: Command, act: Act): void {
  addExamples(
    imports
      .command('run [file]')
      .description(
        'Imports a file of this machine, or what lies on the FTP site and in the incoming folder for import channels.',
      )
      .option('--channel <name>', channelWords)
      .option('--set <name>', setWords)
      .option('--test', 'do everything, then discard it; needs a file')
      .action((file: string | undefined, options: ImportOptions & { test?: true }) =>
        act((context) =>
          file === undefined
            ? runWaiting(context, options)
            : runFile(context, file, options, options.test ? 'test' : 'real'),
        ),
      ),
    ['branchline imports run', 'branchline imports run --channel rate-book --test book.zip'],
  );
  addExamples(
    imports
      .command('preview <file>')
      .description('Shows what importing a file would add, change and remove. Nothing is changed.')
      .option('--channel <name>', channelWords)
      .option('--set <name>', setWords)
      .action((file: string, options: ImportOptions) =>
        act((context) => runFile(context, file, options, 'preview')),
      ),
    ['branchline imports preview book.csv', 'branchline imports preview book.csv --channel rate-book --json'],
  );
  addExamples(
    imports
      .command('rollback <channel>')
      .description(
        'Publishes the edition before the published one again, or a named one. It can be undone, too.',
      )
      .option('--set <name>', setWords)
      .option('--edition <id>', 'an archived edition')
      .action((channel: string, options: { set?: string; edition?: string }) =>
        act((context) => rollBack(context, channel, options)),
      ),
    ['branchline imports rollback rate-book', 'branchline imports rollback rates --set custom-123'],
  );
}

function addLooking(imports: Command, act: Act): void {
  addExamples(
    imports
      .command('list')
      .description('Lists past imports, the latest first.')
      .option('--channel <name>', 'only of this channel')
      .option('--limit <count>', 'how many', readLimit, 20)
      .action((options: { channel?: string; limit: number }) =>
        act((context) => listImports(context, options)),
      ),
    ['branchline imports list', 'branchline imports list --channel rate-book --json'],
  );
  addExamples(
    imports
      .command('show [import]')
      .description('Shows the report of an import: the latest, or the one whose id begins so.')
      .action((id: string | undefined) => act((context) => showImport(context, id))),
    ['branchline imports show', 'branchline imports show 019abc12'],
  );
  addExamples(
    imports
      .command('rejected [import]')
      .description('Saves the rows that an import has kept out, with the reasons, to be corrected.')
      .option('--output <file>', 'where to')
      .action((id: string | undefined, options: { output?: string }) =>
        act((context) => saveRejected(context, id, options.output)),
      ),
    ['branchline imports rejected', 'branchline imports rejected 019abc12 --output rows.csv'],
  );
  addExamples(
    imports
      .command('editions <channel>')
      .description('Lists the published edition of a set and the archived ones.')
      .option('--set <name>', setWords)
      .action((channel: string, options: { set?: string }) =>
        act((context) => listEditions(context, channel, options.set)),
      ),
    ['branchline imports editions rate-book'],
  );
}
