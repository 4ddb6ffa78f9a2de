import type { Append } from '../../../../shared/appendsSettings.ts';
import { ExchangeError, throwIfCancelled } from '../../../../shared/errors.ts';
import type { ArrivedFile } from '../../../ledger/exportRows.ts';
import type { LedgerTables } from '../../../ledger/ledger.ts';
import type { Records } from '../../../records/records.ts';
import type { RunContext } from '../../../transmission/siteContext.ts';
import { createRowAdder } from './addRows.ts';
import { readArrived } from './readArrived.ts';
import { writeAppendReport } from './writeAppendReport.ts';

export interface AppendParts {
  readonly records: () => Records;
  readonly appends: readonly Append[];
}

/**
 * Adds the rows of files that came in channels which fill datasets.
 *
 * Promise: each file once, whatever is killed when: a record is intended in the ledger before it is added, and looked
 *          for after a kill. Rows with errors are left out and told; a file that cannot be read is told and not tried
 *          again.
 */
export async function appendArrived(run: RunContext, { records, appends }: AppendParts): Promise<void> {
  for (const append of appends) {
    const sinceMs = run.ledger.commit('append-seen', (tables) => sinceOf(tables, append, run));
    const files = run.ledger.read((tables) => tables.appends.waiting(append.channel, sinceMs));
    for (const file of files) {
      throwIfCancelled(run.signal);
      await appendFile(run, records(), append, file);
    }
  }
}

/** A channel begins to fill a dataset with the run that first sees it do so; what came before stays a mere file. */
function sinceOf(tables: LedgerTables, { channel, dataset, set }: Append, run: RunContext): number {
  const fact = `append:${channel}`;
  const wanted = `${dataset}/${set}`;
  const [known, since] = tables.facts.get(fact)?.split(' ') ?? [];
  if (known === wanted && since !== undefined) return Number(since);
  const startedMs = tables.transmissions.get(run.transmissionId)?.startedMs ?? run.clock.now();
  tables.facts.set(fact, `${wanted} ${startedMs}`);
  return startedMs;
}

async function appendFile(
  run: RunContext,
  records: Records,
  { dataset: name, set, channel }: Append,
  file: ArrivedFile,
): Promise<void> {
  const dataset = records.dataset(name);
  if (dataset === undefined) {
    run.attention(`The channel ${channel} fills the dataset ${name}, which is not there.`);
    return;
  }
  const { packet, fileIndex } = file;
  const adder = createRowAdder({ run, records, dataset, set, file });
  let failure = '';
  try {
    await readArrived(file.targetPath, dataset, adder);
  } catch (error) {
    failure = failureOf(error);
  }
  const { added, refused, issues } = adder;
  if (refused > 0 || failure !== '') {
    const report = `${file.targetPath}.report.csv`;
    writeAppendReport(report, failure, issues);
    const what =
      failure === ''
        ? `${refused} row(s) of ${file.path} from ${file.from} were not added to ${name}`
        : `${file.path} from ${file.from} was not added to ${name}${added > 0 ? ` after ${added} row(s)` : ''}: ${failure}`;
    const first = issues[0];
    const example =
      first === undefined ? '' : ` Line ${first.line}: ${[first.column, first.reason].join(' ').trim()}`;
    run.attention(`${what}.${example} See ${report}`);
  }
  run.ledger.commit('appended', (tables) =>
    tables.appends.put({
      packet,
      fileIndex,
      state: failure === '' ? 'done' : 'failed',
      nextRecord: adder.nextRecord,
      rowsBefore: 0,
      added,
      refused,
      atMs: run.clock.now(),
    }),
  );
  if (added > 0)
    run.note('info', `Added ${added} row(s) of ${file.path} from ${file.from} to ${name}/${set}.`);
}

/** What a person must know of a file that cannot be read; everything else is thrown on. */
function failureOf(error: unknown): string {
  if (error instanceof ExchangeError && error.class === 'fix') return error.message.replace(/\.$/, '');
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'it is not there any more';
  throw error;
}
