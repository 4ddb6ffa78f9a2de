import { goTo } from '../../actions/goTo.ts';

const views = ['rows', 'editions', 'columns'] as const;
export type DatasetPart = (typeof views)[number];

/** What is open in the window: `#/datasets/rate-book/default/editions`; `-` stands for all sets. */
export interface DatasetPlace {
  readonly dataset: string | undefined;
  readonly set: string | undefined;
  readonly part: DatasetPart;
  /** An archived edition whose rows are shown. */
  readonly editionId: string | undefined;
}

const allSets = '-';

export function readDatasetPlace([dataset, set, part, editionId]: readonly string[]): DatasetPlace {
  return {
    dataset,
    set: set === allSets ? undefined : set,
    part: views.find((view) => view === part) ?? 'rows',
    editionId,
  };
}

export function openDataset(place: Partial<DatasetPlace> & { readonly dataset: string }): void {
  const { dataset, set = allSets, part = 'rows', editionId } = place;
  goTo('datasets', dataset, set, part, ...(editionId === undefined ? [] : [editionId]));
}
