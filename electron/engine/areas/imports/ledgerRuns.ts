import { type ImportReport, type ImportRow, importRowSchema } from '../../../../shared/importReport.ts';
import type { ImportRuns } from '../../../imports/importRuns.ts';
import type { Ledger } from '../../../ledger/ledger.ts';

/** Reports of more than a year are no longer asked for. */
const keepMs = 400 * 24 * 3_600_000;

/** The imports' record, kept in the ledger. */
export function ledgerRuns(ledger: Ledger): ImportRuns {
  return {
    begin: (report, sourceKey) =>
      ledger.commit('import-begin', ({ importRuns }) => {
        importRuns.prune(report.startedMs - keepMs);
        importRuns.insert(report, sourceKey);
      }),
    save: (report) => ledger.commit('import-save', ({ importRuns }) => importRuns.save(report)),
    settle: (sourceKey) => ledger.commit('import-settle', ({ importRuns }) => importRuns.settle(sourceKey)),
    ofSource: (sourceKey) => ledger.read(({ importRuns }) => importRuns.ofSource(sourceKey)),
    unsettled: (prefix) => ledger.read(({ importRuns }) => importRuns.unsettled(prefix)),
    get: (runId) => ledger.read(({ importRuns }) => importRuns.get(runId)),
    open: () => ledger.read(({ importRuns }) => importRuns.open()),
    list: (query) => ledger.read(({ importRuns }) => importRuns.list(query)).map(rowOf),
  };
}

function rowOf(report: ImportReport): ImportRow {
  // The schema of a row leaves out what a report has besides.
  return importRowSchema.parse(report);
}
