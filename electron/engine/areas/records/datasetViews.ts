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

/** As much of a text as a window's table shows. CSV has the whole. */
const shownCharacters = 2000;

export function rowView({ set, number, changedMs, values }: Row): DataRow {
  return { set, number, changedMs, values: mapValues(values) };
}

function mapValues(values: Row['values']): DataRow['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > shownCharacters
        ? `${value.slice(0, shownCharacters)}…`
        : value,
    ]),
  );
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
