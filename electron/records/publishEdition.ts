import type { DatasetName, SetName } from '../../shared/dataset.ts';
import type { EditionRow, EditionsTable } from './editionsTable.ts';
import { editionGone } from './reading/readRows.ts';
import type { RecordsDb } from './recordsDb.ts';

export interface Publication {
  readonly dataset: DatasetName;
  readonly set: SetName;
  readonly editionId: string | undefined;
  readonly keep: number;
}

/** Switches a set's pointer and marks what is not kept any longer; see Records.publish. */
export function publishEdition(
  records: RecordsDb,
  editions: EditionsTable,
  { dataset, set, editionId, keep }: Publication,
): void {
  records.write(() => {
    if (editionId === undefined) editions.point(dataset, set, undefined);
    else {
      const edition = editions.byId(editionId);
      const isReady = edition?.state === 'staged' || edition?.state === 'kept';
      if (edition === undefined || !isReady || edition.dataset !== dataset || edition.set !== set) {
        throw editionGone();
      }
      const current = editions.pointer(dataset, set);
      if (current !== edition.number) {
        editions.setPublished(edition.number, publishTime(records, editions.kept(dataset, set)));
        editions.point(dataset, set, edition.number);
      }
    }
    const current = editions.pointer(dataset, set);
    const archived = editions.kept(dataset, set).filter(({ number }) => number !== current);
    for (const { number } of archived.slice(Math.max(0, keep))) editions.setState(number, 'dropping');
  });
}

/** Later than every publication before, also after the clock was set back: the order of editions is told by it. */
function publishTime({ clock }: RecordsDb, before: readonly EditionRow[]): number {
  return Math.max(clock.now(), ...before.map(({ publishedMs = 0 }) => publishedMs + 1));
}
