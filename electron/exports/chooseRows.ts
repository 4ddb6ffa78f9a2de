import { createHash } from 'node:crypto';
import type { ExportMark } from '../../shared/exportState.ts';
import type { ExportSettings } from '../../shared/exportsSettings.ts';
import type { Edition, Records, Row } from '../records/records.ts';

/** Which rows the next file has. */
export interface RowChoice {
  readonly rows: Iterable<Row>;
  /** What is covered once a file with all of `rows` is visible. Complete when the rows have been read to the end. */
  mark(): ExportMark;
  /** What a person should know. */
  readonly notes: readonly string[];
}

/**
 * Chooses the rows of an export: all that match, or those that changed since its mark.
 *
 * A mark covers an edition as it was published, and the rows added to it or changed in it before `untilMs`: Records
 * gives each of those a later time than all before it. Where an import has put another edition in place, a row counts
 * as changed unless the same row was exported from the edition before.
 */
export function chooseRows(
  records: Records,
  settings: ExportSettings,
  mark: ExportMark | undefined,
): RowChoice {
  const { dataset } = settings;
  const published = records
    .sets(dataset)
    .flatMap(({ set, published: edition }) =>
      edition === undefined || (settings.set !== undefined && settings.set !== set) ? [] : [edition],
    );
  const known = settings.kind === 'changes' && mark?.dataset === dataset ? mark.sets : {};
  const notes: string[] = [];
  const until = new Map<string, number>();
  const plans = published.map((edition) => planSet(records, settings, edition, known[edition.set], notes));
  return {
    notes,
    rows: joined(plans, until),
    mark: () => ({
      dataset,
      sets: Object.fromEntries(
        published.map(({ set, editionId }) => {
          const before = known[set]?.editionId === editionId ? known[set].untilMs : 0;
          return [set, { editionId, untilMs: Math.max(before, until.get(set) ?? 0) }];
        }),
      ),
    }),
  };
}

/** When a row changed by itself; undefined for one that is as its edition was published. */
export function ownChangeMs(row: Row, edition: Edition): number | undefined {
  return row.changedMs === edition.publishedMs ? undefined : row.changedMs;
}

interface SetPlan {
  readonly edition: Edition;
  /** Rows to look at. */
  readonly rows: Iterable<Row>;
  /** Which of them count. */
  readonly counts: (row: Row) => boolean;
}

type SetMark = ExportMark['sets'][string];

function planSet(
  records: Records,
  settings: ExportSettings,
  edition: Edition,
  before: SetMark | undefined,
  notes: string[],
): SetPlan {
  const { dataset, filters } = settings;
  const { set, editionId } = edition;
  const query = { dataset, set, editionId, filters };
  const all = { edition, rows: records.each(query), counts: () => true };
  if (before === undefined) return all;
  if (before.editionId === editionId) {
    return {
      edition,
      rows: records.each({ ...query, changedAfterMs: before.untilMs - 1 }),
      counts: (row) => ownChangeMs(row, edition) !== undefined,
    };
  }
  const old = records.editions(dataset, set).find((one) => one.editionId === before.editionId);
  if (old === undefined) {
    notes.push(
      `An import has replaced the set ${set}, and the edition before is gone: all its rows count as changed.`,
    );
    return all;
  }
  return { ...all, counts: notExportedBefore(records, old, before) };
}

function* joined(plans: readonly SetPlan[], until: Map<string, number>): Iterable<Row> {
  for (const { edition, rows, counts } of plans) {
    for (const row of rows) {
      // Rows that were exported from the edition before are covered in this one, too.
      const changedMs = ownChangeMs(row, edition) ?? 0;
      until.set(edition.set, Math.max(until.get(edition.set) ?? 0, changedMs + 1));
      if (counts(row)) yield row;
    }
  }
}

/** Counts a row unless the same one was exported from the edition before, once for each time it stood there. */
function notExportedBefore(records: Records, old: Edition, mark: SetMark): (row: Row) => boolean {
  const exported = exportedRows(records, old, mark);
  return (row) => {
    const hash = hashOf(row);
    const count = exported.get(hash) ?? 0;
    exported.set(hash, count - 1);
    return count <= 0;
  };
}

/** How often each row stood in the part of an edition that was exported; a short hash stands for a row. */
function exportedRows(records: Records, old: Edition, mark: SetMark): Map<string, number> {
  const counts = new Map<string, number>();
  const { dataset, set, editionId } = old;
  for (const row of records.each({ dataset, set, editionId })) {
    const changedMs = ownChangeMs(row, old);
    if (changedMs !== undefined && changedMs >= mark.untilMs) continue;
    const hash = hashOf(row);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
}

function hashOf({ values }: Row): string {
  const names = Object.keys(values).sort();
  // 16 bytes: two different rows of one dataset do not meet in it.
  return createHash('sha256')
    .update(JSON.stringify(names.map((name) => [name, values[name]])))
    .digest('base64')
    .slice(0, 22);
}
