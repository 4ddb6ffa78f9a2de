import type { DataRow, DatasetView, EditionView } from '../../../../shared/contract/recordsCalls.ts';
import type { Dataset } from '../../../../shared/dataset.ts';
import type { Difference, Edition, Records, Row } from '../../../records/records.ts';

/** Records' answers in the contract's form, which leaves out what is undefined. */

export function editionView(edition: Edition): EditionView {
  const { editionId, set, state, rows, source, madeMs, publishedMs } = edition;
  return {
    editionId,
    set,
    state,
    rows,
    source,
    madeMs,
    ...(publishedMs === undefined ? {} : { publishedMs }),
  };
}

export function datasetView(records: Records, schema: Dataset): DatasetView {
  return {
    schema,
    sets: records.sets(schema.name).map(({ set, published }) => ({
      set,
      ...(published === undefined ? {} : { published: editionView(published) }),
    })),
  };
}

export function rowView({ set, number, changedMs, values }: Row): DataRow {
  return { set, number, changedMs, values: { ...values } };
}

export function differenceView({ added, changed, removed, samples }: Difference) {
  return {
    added,
    changed,
    removed,
    samples: samples.map(({ kind, before, after }) => ({
      kind,
      ...(before === undefined ? {} : { before: rowView(before) }),
      ...(after === undefined ? {} : { after: rowView(after) }),
    })),
  };
}
