import type { RowIssue } from '../../../shared/dataset.ts';
import { type Answer, done, failing } from '../answer.ts';
import type { Context } from '../context.ts';
import { usageError } from '../usageError.ts';
import { readSetName } from './datasetsExport.ts';
import { readDatasetName } from './datasetsList.ts';

export interface RecordsAddOptions {
  readonly set: string;
}

/** Errors: usage; unknown-dataset; invalid-row, naming each column and what is wrong with it. */
export function addRecord(
  context: Context,
  typed: string,
  assignments: readonly string[],
  options: RecordsAddOptions,
): Promise<Answer> {
  const dataset = readDatasetName(typed);
  const set = readSetName(options.set);
  const values = readValues(assignments);
  return context.withEngine(async (engine) => {
    const { issues } = await engine.ask('records.add', { dataset, set, values });
    const lines = issues.map(describeIssue);
    if (issues.every(({ severity }) => severity !== 'error')) {
      return done({ added: true, issues }, [`The row was added to ${dataset}.`, ...lines]);
    }
    return failing(
      {
        code: 'invalid-row',
        class: 'fix',
        message: 'The row was not added.',
        advice: `Correct the values named and try again. The columns: branchline datasets show ${dataset}`,
      },
      { added: false, issues },
      ['The row was not added:', ...lines],
    );
  });
}

function describeIssue({ severity, column, value, reason }: RowIssue): string {
  const what = value === '' ? '' : ` ${JSON.stringify(value)}:`;
  const word = severity === 'error' ? '' : ` (${severity})`;
  return `  ${column === '' ? 'Row' : column}${word}:${what} ${reason}`;
}

function readValues(assignments: readonly string[]): Record<string, string> {
  const values = new Map<string, string>();
  for (const typed of assignments) {
    const at = typed.indexOf('=');
    const column = typed.slice(0, at).trim();
    if (at < 1 || column === '') {
      throw usageError(
        `${JSON.stringify(typed)} does not say which column it is for.`,
        'Write it like: name="Ann Example"',
      );
    }
    if (values.has(column)) throw usageError(`The column ${column} is given twice.`, 'Give it once.');
    values.set(column, typed.slice(at + 1));
  }
  return Object.fromEntries(values);
}
