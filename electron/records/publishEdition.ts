import type { DatasetName, SetName } from '../../shared/dataset.ts';
import type { EditionsTable } from './editionsTable.ts';
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
        editions.setPublished(edition.number, records.clock.now());
        editions.point(dataset, set, edition.number);
      }
    }
    const current = editions.pointer(dataset, set);
    const archived = editions.kept(dataset, set).filter(({ number }) => number !== current);
    for (const { number } of archived.slice(Math.max(0, keep))) editions.setState(number, 'dropping');
  });
}
