import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import type { ImportReport } from '../../shared/importReport.ts';
import type { ImportChannel } from '../../shared/importsSettings.ts';
import type { ImportParts } from './importRequest.ts';
import { publishedEdition, wasPublished } from './publishedEdition.ts';
import { endImport, importBrokenOff } from './runImport.ts';

/** A file on which the program was killed so often is not tried again: it may be the reason. */
const mostInterruptions = 5;

/** What earlier runs have made of a file that came again. */
export type Resumed =
  | { readonly do: 'import' }
  /** It was imported, or refused: only its settlement is missing. */
  | { readonly do: 'settle'; readonly report: ImportReport };

/**
 * Brings what a kill has left of the imports to an end: published is what Records say is published.
 *
 * Promise: called before anything else is imported, and harmless when repeated.
 */
export function recoverImports(
  parts: ImportParts,
  channelOf: (name: string) => ImportChannel | undefined,
): void {
  for (const report of parts.runs.open()) {
    const published =
      report.outcome === 'publishing' && report.editionId !== undefined && isPublished(parts, report);
    const channel = channelOf(report.channel);
    const { editionId: _, ...without } = report;
    const ended: ImportReport = published
      ? { ...report, outcome: 'published' }
      : { ...without, outcome: 'interrupted' };
    if (published && channel !== undefined) endImport(parts, channel, ended);
    else parts.runs.save({ ...ended, endedMs: parts.clock.now() });
  }
}

/** What to do with a file, after `recoverImports`. */
export function resumeImport(parts: Pick<ImportParts, 'runs'>, sourceKey: string): Resumed {
  const before = parts.runs.ofSource(sourceKey);
  const done = before.findLast((report) => isDone(report));
  if (done !== undefined) return { do: 'settle', report: done };
  const interrupted = before.filter(({ outcome }) => outcome === 'interrupted');
  const last = interrupted.at(-1);
  if (last === undefined || interrupted.length < mostInterruptions) return { do: 'import' };
  const report: ImportReport = {
    ...last,
    outcome: 'failed',
    error: {
      code: 'interrupted-too-often',
      class: 'fix',
      message: `The program ended ${interrupted.length} times while it imported this file.`,
      advice: 'Have a look at the file, and at the log; then drop it again.',
    },
  };
  parts.runs.save(report);
  return { do: 'settle', report };
}

/** Trouble that passes (a full disk, a lost connection) leaves the file to be tried again. */
export function isDone({ outcome, error }: ImportReport): boolean {
  if (outcome === 'published' || outcome === 'tested' || outcome === 'previewed') return true;
  if (outcome === 'cancelled') return error?.code !== importBrokenOff;
  return outcome === 'failed' && !['full', 'retry', 'busy'].includes(error?.class ?? '');
}

function isPublished({ records }: ImportParts, report: ImportReport): boolean {
  const { editionId = '', mode } = report;
  const dataset = datasetNameSchema.parse(report.dataset);
  const set = setNameSchema.parse(report.set);
  // An archived edition was published once in any case: only the present one tells whether going back was done.
  if (mode === 'rollback') return publishedEdition(records(), dataset, set)?.editionId === editionId;
  return wasPublished(records(), dataset, set, editionId);
}
