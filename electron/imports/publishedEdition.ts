import type { DatasetName, SetName } from '../../shared/dataset.ts';
import type { Edition, Records } from '../records/records.ts';

export function publishedEdition(records: Records, dataset: DatasetName, set: SetName): Edition | undefined {
  return records.sets(dataset).find((each) => each.set === set)?.published;
}

/** Whether this edition was ever published: it still is, or another one has taken its place since. */
export function wasPublished(
  records: Records,
  dataset: DatasetName,
  set: SetName,
  editionId: string,
): boolean {
  return records
    .editions(dataset, set)
    .some((edition) => edition.editionId === editionId && edition.publishedMs !== undefined);
}
