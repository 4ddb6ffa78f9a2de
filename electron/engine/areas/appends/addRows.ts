import type { Dataset, RowIssue, SetName } from '../../../../shared/dataset.ts';
import type { ArrivedFile } from '../../../ledger/exportRows.ts';
import type { Records } from '../../../records/records.ts';
import type { RunContext } from '../../../transmission/siteContext.ts';

export interface RowAdder {
  /** One record of the file, in its order. */
  add(line: number, values: Readonly<Record<string, string>>): void;
  /** A record that is none. */
  refuse(issue: RowIssue): void;
  readonly added: number;
  readonly refused: number;
  readonly nextRecord: number;
  /** Errors, the first of them. */
  readonly issues: readonly RowIssue[];
}

const issuesKept = 10_000;

/** Adds the records of one file to a dataset, each once, going on where a killed program had come to. */
export function createRowAdder(parts: {
  readonly run: RunContext;
  readonly records: Records;
  readonly dataset: Dataset;
  readonly set: SetName;
  readonly file: ArrivedFile;
}): RowAdder {
  const { run, records, dataset, set, file } = parts;
  const { packet, fileIndex } = file;
  const before = run.ledger.read((tables) => tables.appends.get(packet, fileIndex));
  const issues: RowIssue[] = [];
  let record = 0;
  let added = before?.added ?? 0;
  let refused = before?.refused ?? 0;

  const count = () => records.rows({ dataset: dataset.name, set, limit: 0 }).total;
  const intend = () =>
    run.ledger.commit('append-intended', (tables) =>
      tables.appends.put({
        packet,
        fileIndex,
        state: 'adding',
        nextRecord: record,
        rowsBefore: count(),
        added,
        refused,
        atMs: run.clock.now(),
      }),
    );
  /** The program was killed about this record: was it added? A row with a key is simply added again. */
  const wasAdded = (values: Readonly<Record<string, string>>) => {
    if (before === undefined || dataset.key.length > 0) return false;
    const { rowsBefore } = before;
    const row = records.rows({ dataset: dataset.name, set, offset: rowsBefore, limit: 1 }).rows[0];
    // Its texts tell it from a row that somebody else has added since.
    const texts = dataset.columns.filter(({ type }) => type === 'text' || type === 'one-of');
    return (
      row !== undefined &&
      texts.every(({ name }) => String(row.values[name] ?? '') === (values[name] ?? '').trim())
    );
  };
  const refuse = (issue: RowIssue) => {
    refused += 1;
    if (issues.length < issuesKept) issues.push(issue);
  };

  return {
    add(line, values) {
      record += 1;
      if (before !== undefined && record < before.nextRecord) return;
      if (record === before?.nextRecord && wasAdded(values)) {
        added += 1;
        return;
      }
      intend();
      const errors = records.add(dataset.name, set, values).filter(({ severity }) => severity === 'error');
      for (const [index, issue] of errors.entries()) {
        if (index === 0) refuse({ ...issue, line });
        else if (issues.length < issuesKept) issues.push({ ...issue, line });
      }
      if (errors.length === 0) added += 1;
    },
    refuse(issue) {
      record += 1;
      if (before !== undefined && record < before.nextRecord) return;
      refuse(issue);
    },
    get added() {
      return added;
    },
    get refused() {
      return refused;
    },
    get nextRecord() {
      return record + 1;
    },
    issues,
  };
}
