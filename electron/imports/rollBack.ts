import type { SetName } from '../../shared/dataset.ts';
import type { ImportReport } from '../../shared/importReport.ts';
import type { ImportChannel } from '../../shared/importsSettings.ts';
import { uuidV7 } from '../platform/random.ts';
import { importError } from './importError.ts';
import type { ImportParts } from './importRequest.ts';
import { publishedEdition } from './publishedEdition.ts';
import { endImport } from './runImport.ts';

export interface RollBackRequest {
  readonly channel: ImportChannel;
  readonly set: SetName;
  /** Undefined: the one before the published one, by the time it was made. Repeating it goes further back. */
  readonly editionId: string | undefined;
  readonly origin: string;
}

/**
 * Publishes an archived edition again. The present one is archived, so that this can be undone, too.
 *
 * Errors: no-earlier-edition, edition-gone (fix).
 */
export function rollBack(parts: ImportParts, request: RollBackRequest): ImportReport {
  const { channel, set, origin } = request;
  const records = parts.records();
  const published = publishedEdition(records, channel.dataset, set);
  const archived = records
    .editions(channel.dataset, set)
    .filter(({ state }) => state === 'archived')
    .sort((a, b) => b.madeMs - a.madeMs);
  const target =
    request.editionId === undefined
      ? archived.find(({ madeMs }) => published === undefined || madeMs < published.madeMs)
      : archived.find(({ editionId }) => editionId === request.editionId);
  if (target === undefined) {
    throw importError(
      request.editionId === undefined ? 'no-earlier-edition' : 'edition-gone',
      request.editionId === undefined
        ? `There is no earlier edition of ${set} to go back to.`
        : `There is no archived edition ${request.editionId} of ${set}.`,
      `See: branchline imports editions ${channel.name}`,
    );
  }
  const runId = uuidV7(parts.random, parts.clock);
  const report: ImportReport = {
    runId,
    channel: channel.name,
    dataset: channel.dataset,
    set,
    mode: 'rollback',
    outcome: 'publishing',
    source: target.source,
    origin,
    sizeBytes: 0,
    sha256: '',
    startedMs: parts.clock.now(),
    files: [],
    counts: { rows: target.rows, accepted: target.rows, rejected: 0, warnings: 0, notices: 0 },
    ...(published === undefined
      ? {}
      : { previousRows: published.rows, previousEditionId: published.editionId }),
    editionId: target.editionId,
    issues: [],
    moreIssues: 0,
    rejectedFile: false,
  };
  parts.runs.begin(report, `rollback ${runId}`);
  records.publish(channel.dataset, set, target.editionId, channel.keepEditions);
  const ended: ImportReport = { ...report, outcome: 'published' };
  endImport(parts, channel, ended);
  return ended;
}
