import type { ExportMemory } from '../../../exports/exportRun.ts';
import type { ExportRow } from '../../../ledger/exportRows.ts';
import type { Ledger, LedgerTables } from '../../../ledger/ledger.ts';

/** How many names of files that partners may have taken are not used again. */
const namesKept = 50;

/** What the ledger remembers of one export, for one run of it. */
export function exportMemory(ledger: Ledger, name: string, runId: string, now: () => number): ExportMemory {
  const change = (
    label: string,
    work: (row: ExportRow, tables: LedgerTables) => Pick<ExportRow, 'mark' | 'pending'>,
  ) =>
    ledger.commit(label, (tables) => {
      const row = tables.exports.get(name) ?? { name, sinceMs: now(), mark: undefined, pending: undefined };
      tables.exports.put({ ...row, ...work(row, tables) });
    });
  const read = () => ledger.read((tables) => tables.exports.get(name));
  return {
    mark: () => read()?.mark,
    pending: () => read()?.pending,
    recentNames: () =>
      ledger.read((tables) => tables.exports.runs(namesKept, name)).flatMap(({ fileName }) => fileName ?? []),
    intend: (pending) => change('export-intended', ({ mark }) => ({ mark, pending })),
    published: () =>
      change('export-published', ({ mark, pending }, tables) => {
        if (pending === undefined) return { mark, pending };
        // Its own run was killed or lost the reply; its history says now what became of the file.
        if (pending.runId !== runId) {
          const { runId: earlier, rows, sizeBytes, fileName } = pending;
          tables.exports.end({
            runId: earlier,
            endedMs: now(),
            outcome: 'done',
            rows,
            sizeBytes,
            fileName,
            note: 'Interrupted, and finished by the next run.',
            error: undefined,
          });
        }
        return { mark: pending.mark, pending: undefined };
      }),
    forget: () => change('export-undone', ({ mark }) => ({ mark, pending: undefined })),
    covered: (mark) => change('export-empty', ({ pending }) => ({ mark, pending })),
  };
}
