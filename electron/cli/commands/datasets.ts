import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { addDataset } from './datasetsAdd.ts';
import { type DatasetsExportOptions, exportDataset } from './datasetsExport.ts';
import { listDatasets, showDataset } from './datasetsList.ts';

export function addDatasets(program: Command, act: Act): void {
  const datasets = program
    .command('datasets')
    .summary('tables of records: customers, rate books, your own')
    .description(
      'Datasets are tables of records with a declared schema. Rows come by imports and by hand; what is published is complete at every moment.',
    );
  addExamples(datasets, ['branchline datasets list', 'branchline datasets show rate-book']);
  addExamples(
    datasets
      .command('list', { isDefault: true })
      .description('Lists the datasets, with what is published of each.')
      .action(() => act(listDatasets)),
    ['branchline datasets list', 'branchline datasets list --json'],
  );
  addExamples(
    datasets
      .command('show <dataset>')
      .description("Shows a dataset's columns, and the editions of its sets.")
      .action((dataset: string) => act((context) => showDataset(context, dataset))),
    ['branchline datasets show customers', 'branchline datasets show rate-book --json'],
  );
  addExamples(
    datasets
      .command('add <file>')
      .description(
        'Adds a dataset by its schema file (JSON). A dataset without rows gets the new columns; one with rows is left as it is.',
      )
      .action((file: string) => act((context) => addDataset(context, file))),
    ['branchline datasets add articles.json'],
  );
  addExamples(
    datasets
      .command('export <dataset>')
      .description(
        'Writes the published rows as CSV, to a file or to standard output. Text that a spreadsheet would run as a formula begins with an apostrophe.',
      )
      .option('--set <set>', 'rows of this set only')
      .option('--edition <id>', 'rows of an archived edition')
      .option('--search <text>', 'rows in which a value contains this')
      .option(
        '--where <column=value>',
        'rows with this value; may be given several times',
        (value: string, all: string[]) => [...all, value],
        [],
      )
      .option('--out <file>', 'the file to write; it is replaced when it exists')
      .option('--raw', 'for programs: formulas stay as they are')
      .action((dataset: string, options: DatasetsExportOptions) =>
        act((context) => exportDataset(context, dataset, options)),
      ),
    [
      'branchline datasets export customers --out customers.csv',
      'branchline datasets export customers --where store=0012',
    ],
  );
}
