import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import type { ImportReport } from '../../shared/importReport.ts';
import { importError } from './importError.ts';
import type { ImportParts } from './importRequest.ts';
import { publishedEdition } from './publishedEdition.ts';

/**
 * The edition that a run's rejected rows, corrected, go into: the published one, when it is that run's, or came of
 * it by other corrections.
 *
 * Errors: wrong-correction (fix).
 */
export function baseOfCorrection(
  { runs, records }: Pick<ImportParts, 'runs' | 'records'>,
  report: Pick<ImportReport, 'channel' | 'dataset' | 'set'>,
  runId: string,
): string {
  const corrected = runs.get(runId);
  const known = corrected?.channel === report.channel && corrected.set === report.set;
  if (!known) {
    throw importError(
      'wrong-correction',
      'These are rejected rows, corrected, but not of an import of this channel and set.',
      'Drop them where the file was dropped that they come from, and leave the first columns as they are.',
    );
  }
  const published = publishedEdition(
    records(),
    datasetNameSchema.parse(report.dataset),
    setNameSchema.parse(report.set),
  );
  if (corrected.editionId === undefined || corrected.outcome !== 'published') {
    throw importError(
      'wrong-correction',
      'These are rejected rows, corrected, of an import that has published nothing.',
      'Correct the whole file and drop that one.',
    );
  }
  const run = runs
    .list({ channel: report.channel, set: report.set, limit: 1000 })
    .find(({ editionId, outcome }) => outcome === 'published' && editionId === published?.editionId);
  const isBase =
    published !== undefined &&
    (published.editionId === corrected.editionId ||
      (run !== undefined && comesFrom({ runs, records }, run.runId, runId)));
  if (!isBase) {
    throw importError(
      'wrong-correction',
      'These are rejected rows, corrected, but another set was published since the import that they come from.',
      'Correct the newest file instead.',
    );
  }
  return published.editionId;
}

/** Corrections of corrections: follows `corrects` back to the first import. */
function comesFrom({ runs }: Pick<ImportParts, 'runs' | 'records'>, from: string, sought: string): boolean {
  let next: string | undefined = from;
  for (let steps = 0; next !== undefined && steps < 1000; steps += 1) {
    if (next === sought) return true;
    next = runs.get(next)?.corrects;
  }
  return false;
}
