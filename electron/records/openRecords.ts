import { DatabaseSync } from 'node:sqlite';
import {
  type Column,
  type Dataset,
  type DatasetName,
  datasetSchema,
  parsingSchema,
} from '../../shared/dataset.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { plainDatabaseError } from '../platform/sqlite/databaseErrors.ts';
import type { DatabasePlace } from '../platform/sqlite/databaseKind.ts';
import { openDatabase, prepareConnection } from '../platform/sqlite/openDatabase.ts';
import { addRow } from './addRow.ts';
import { builtInDatasets } from './builtInDatasets.ts';
import { createDatasetsTable } from './datasetsTable.ts';
import { createEditionsTable, type EditionRow } from './editionsTable.ts';
import { publishEdition } from './publishEdition.ts';
import { putDataset } from './putDataset.ts';
import { createCountCache } from './reading/countCache.ts';
import { allAdded, findDifference } from './reading/findDifference.ts';
import { findRows } from './reading/findRows.ts';
import { editionGone, editionsOf, readAfter, readEach, readPage } from './reading/readRows.ts';
import type { Edition, Records } from './records.ts';
import { createRecordsDb } from './recordsDb.ts';
import { fix } from './recordsErrors.ts';
import { recordsKind } from './recordsKind.ts';
import { referenceLookUp } from './referenceLookUp.ts';
import { ensureKeyIndex } from './rowTable.ts';
import { createStagings } from './staging/stagings.ts';
import { createSweeper } from './sweeper.ts';
import { rowReader } from './values/rowReader.ts';

export interface RecordsOptions {
  /** Absolute path of `records.db`; its folder exists. */
  readonly path: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Only to look, beside another process that writes. The file exists. */
  readonly readOnly?: boolean;
}

/**
 * Opens the datasets, making their file where there is none.
 *
 * Promise: one process at a time opens them for writing (the data directory's lock sees to it); what a killed one
 *          left half staged or half removed is swept.
 * Errors:  those of openDatabase, with codes `records-…`.
 */
export function openRecords({ path, clock, random, readOnly = false }: RecordsOptions): Records {
  const place: DatabasePlace = { kind: recordsKind, path };
  const records = createRecordsDb({
    db: readOnly ? openForReading(place) : openDatabase(place, clock),
    place,
    clock,
    random,
    isReadOnly: readOnly,
  });
  const datasets = createDatasetsTable(records.db);
  const editions = createEditionsTable(records.db);
  const counts = createCountCache(!readOnly);
  const sweeper = createSweeper(records, editions);
  const reading = { records, editions, counts };
  const isKnown = (column: Column) => referenceLookUp(records, editions, datasets, column);
  const stagings = createStagings({ records, editions, isKnown, sweeper });

  const datasetOf = (name: DatasetName): Dataset => {
    const found = datasets.get(name);
    if (found !== undefined) return found;
    throw fix(
      'unknown-dataset',
      `There is no dataset ${name}.`,
      `There are: ${datasets
        .all()
        .map((one) => one.name)
        .join(', ')}.`,
    );
  };

  if (!readOnly) {
    records.write(() => {
      for (const dataset of builtInDatasets)
        if (datasets.get(dataset.name) === undefined) datasets.put(dataset);
      for (const state of ['staging', 'staged'] as const) {
        for (const { number } of editions.inState(state)) editions.setState(number, 'dropping');
      }
    });
    sweeper.start();
  }

  const view = (edition: EditionRow, current: number | undefined): Edition => ({
    editionId: edition.editionId,
    dataset: edition.dataset,
    set: edition.set,
    state: edition.number === current ? 'published' : 'archived',
    rows: edition.rows,
    source: edition.source,
    madeMs: edition.madeMs,
    publishedMs: edition.publishedMs,
  });

  return {
    datasets: () => datasets.all(),
    dataset: (name) => datasets.get(name),
    addDataset(dataset) {
      const parsed = datasetSchema.parse(dataset);
      records.write(() => putDataset(datasets, editions, parsed));
    },
    sets: (dataset) =>
      records.read(() => {
        const published = new Map(editions.published(dataset).map((edition) => [edition.set, edition]));
        return editions.sets(dataset).map((set) => {
          const edition = published.get(set);
          return { set, published: edition && view(edition, edition.number) };
        });
      }),
    editions: (dataset, set) =>
      records.read(() => {
        const current = editions.pointer(dataset, set);
        return editions.kept(dataset, set).map((edition) => view(edition, current));
      }),
    stage: (dataset, set, source, header, parsing = {}) =>
      stagings.begin({
        dataset: datasetOf(dataset),
        set,
        source,
        header,
        parsing: parsingSchema.parse(parsing),
      }),
    publish(dataset, set, editionId, keep) {
      publishEdition(records, editions, { dataset, set, editionId, keep });
      sweeper.start();
    },
    difference(from, to, samples) {
      const after = onlyEdition(to);
      const dataset = datasetOf(after.dataset);
      if (from === undefined) {
        return records.read(() => allAdded({ db: records.db, dataset, to: after }, samples));
      }
      const before = onlyEdition(from, dataset.name);
      if (!readOnly) {
        for (const { number } of [before, after]) records.bulk((db) => ensureKeyIndex(db, number, dataset));
        records.settle();
      }
      return records.read(() =>
        findDifference({ db: records.db, dataset, from: before, to: after }, samples),
      );
    },
    rows: (query) => readPage(reading, datasetOf(query.dataset), query),
    after: (query) => readAfter(reading, datasetOf(query.dataset), query),
    each: (query) => readEach({ records, editions: createEditionsTable }, datasetOf(query.dataset), query),
    find: (dataset, column, value, limit) => findRows(reading, datasetOf(dataset), { column, value, limit }),
    add(name, set, values) {
      const dataset = datasetOf(name);
      const columns = dataset.columns.map((column) => column.name);
      const reader = rowReader({ dataset, columns, parsing: parsingSchema.parse({}), isKnown });
      const issues = addRow(records, editions, { dataset, set, values, reader });
      counts.forget();
      return issues;
    },
    close() {
      if (!records.db.isOpen) return;
      sweeper.stop();
      records.close();
    },
  };

  function onlyEdition(editionId: string, dataset?: DatasetName): EditionRow {
    const of = dataset ?? editions.byId(editionId)?.dataset;
    const [edition] = of === undefined ? [] : editionsOf(editions, { dataset: of, editionId });
    if (edition !== undefined) return edition;
    throw editionGone();
  }
}

function openForReading(place: DatabasePlace): DatabaseSync {
  try {
    const db = new DatabaseSync(place.path, { readOnly: true });
    prepareConnection(db);
    return db;
  } catch (error) {
    throw plainDatabaseError(error, place);
  }
}
