import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { addRecord, type RecordsAddOptions } from './recordsAdd.ts';

export function addRecords(program: Command, act: Act): void {
  const records = program
    .command('records')
    .summary('single rows of datasets')
    .description('Adds single rows to datasets. Whole files come by imports.');
  addExamples(records, ['branchline records add users email=ann@example.com name="Ann Example"']);
  addExamples(
    records
      .command('add <dataset> <assignments...>')
      .description(
        'Adds a row, or replaces the one with the same key. What is wrong with it is told by column, and then nothing is written.',
      )
      .option('--set <set>', 'the set it belongs to', 'default')
      .action((dataset: string, assignments: string[], options: RecordsAddOptions) =>
        act((context) => addRecord(context, dataset, assignments, options)),
      ),
    [
      'branchline records add users email=ann@example.com name="Ann Example" signed_up=2026-11-25',
      'branchline records add enquiries enquiry_id=4711 name="Ann Example" vehicle=Focus',
    ],
  );
}
