import type { DatasetName, SetName } from '../../../../shared/dataset.ts';
import { ownChangeMs } from '../../../exports/chooseRows.ts';
import type { SetIssueRow } from '../../../ledger/exportRows.ts';
import type { Edition, Records } from '../../../records/records.ts';

export interface IssueRequest {
  readonly dataset: DatasetName;
  readonly set: SetName;
  readonly published: Edition;
  readonly last: SetIssueRow | undefined;
  readonly nowMs: number;
}

/**
 * What of a published set stores are to have now: the last issue where nothing has changed, or a new one, for another
 * edition (imported, or published again) and for rows added to the same one.
 */
export function issueSet(records: Records, request: IssueRequest): SetIssueRow {
  const { dataset, set, published, last, nowMs } = request;
  const { editionId, rows } = published;
  const isSame = last?.editionId === editionId;
  if (last !== undefined && isSame && last.rows === rows && !hasNewRows(records, request, last)) return last;
  const revision = last !== undefined && isSame ? last.revision + 1 : 0;
  return {
    dataset,
    set,
    // At least the time: a central site whose ledger was lost still counts on from where it was.
    issue: Math.max((last?.issue ?? 0) + 1, nowMs),
    edition: revision === 0 ? editionId : `${editionId}.${revision + 1}`,
    editionId,
    revision,
    rows,
    readMs: nowMs,
  };
}

function hasNewRows(records: Records, { dataset, set, published }: IssueRequest, last: SetIssueRow): boolean {
  const query = { dataset, set, editionId: published.editionId, changedAfterMs: last.readMs - 1 };
  for (const row of records.each(query)) if (ownChangeMs(row, published) !== undefined) return true;
  return false;
}
