import type { DatabaseSync } from 'node:sqlite';
import type { DatasetName, SetName } from '../../shared/dataset.ts';
import { integer, optionalInteger, orNull, type Row, text, word } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';

const states = ['staging', 'staged', 'kept', 'dropping'] as const;

/** An edition as the database knows it. */
export interface EditionRow {
  /** Names its table. */
  readonly number: number;
  readonly editionId: string;
  readonly dataset: DatasetName;
  readonly set: SetName;
  readonly state: (typeof states)[number];
  readonly rows: number;
  readonly source: string;
  readonly madeMs: number;
  readonly publishedMs: number | undefined;
}

export interface EditionsTable {
  /** Notes a new one, which is being staged, and returns its number. */
  insert(edition: Pick<EditionRow, 'editionId' | 'dataset' | 'set' | 'source' | 'madeMs'>): number;
  byId(editionId: string): EditionRow | undefined;
  /** Kept ones, last published first. */
  kept(dataset: DatasetName, set: SetName): EditionRow[];
  inState(state: EditionRow['state']): EditionRow[];
  /** True where the dataset has an edition in any state but dropping. */
  isUsed(dataset: DatasetName): boolean;
  setState(number: number, state: EditionRow['state']): void;
  setRows(number: number, rows: number): void;
  setPublished(number: number, atMs: number): void;
  remove(number: number): void;
  /** The number of the set's published edition; undefined where there is none. */
  pointer(dataset: DatasetName, set: SetName): number | undefined;
  point(dataset: DatasetName, set: SetName, edition: number | undefined): void;
  /** The sets that have a pointer, by name. */
  sets(dataset: DatasetName): SetName[];
  /** The published editions of all sets, by name of the set. */
  published(dataset: DatasetName): EditionRow[];
}

function readEdition(row: Row): EditionRow {
  return {
    number: integer(row, 'number'),
    editionId: text(row, 'edition_id'),
    // Both names are only written through the interface, which takes the branded types.
    dataset: text(row, 'dataset') as DatasetName,
    set: text(row, 'set_name') as SetName,
    state: word(row, 'state', states),
    rows: integer(row, 'row_count'),
    source: text(row, 'source'),
    madeMs: integer(row, 'made_ms'),
    publishedMs: optionalInteger(row, 'published_ms'),
  };
}

export function createEditionsTable(db: DatabaseSync): EditionsTable {
  const insert = statement(
    db,
    `INSERT INTO editions (edition_id, dataset, set_name, state, row_count, source, made_ms)
     VALUES (:editionId, :dataset, :set, 'staging', 0, :source, :madeMs)`,
  );
  const byId = statement(db, 'SELECT * FROM editions WHERE edition_id = :editionId');
  const kept = statement(
    db,
    `SELECT * FROM editions WHERE dataset = :dataset AND set_name = :set AND state = 'kept'
     ORDER BY published_ms DESC, number DESC`,
  );
  const inState = statement(db, 'SELECT * FROM editions WHERE state = :state ORDER BY number');
  const isUsed = statement(
    db,
    `SELECT 1 FROM editions WHERE dataset = :dataset AND state <> 'dropping' LIMIT 1`,
  );
  const setState = statement(db, 'UPDATE editions SET state = :state WHERE number = :number');
  const setRows = statement(db, 'UPDATE editions SET row_count = :rows WHERE number = :number');
  const setPublished = statement(
    db,
    `UPDATE editions SET state = 'kept', published_ms = :atMs WHERE number = :number`,
  );
  const remove = statement(db, 'DELETE FROM editions WHERE number = :number');
  const pointer = statement(
    db,
    'SELECT edition FROM published WHERE dataset = :dataset AND set_name = :set AND edition IS NOT NULL',
  );
  const point = statement(
    db,
    `INSERT INTO published (dataset, set_name, edition) VALUES (:dataset, :set, :edition)
     ON CONFLICT (dataset, set_name) DO UPDATE SET edition = excluded.edition`,
  );
  const sets = statement(db, 'SELECT set_name FROM published WHERE dataset = :dataset ORDER BY set_name');
  const published = statement(
    db,
    `SELECT editions.* FROM published JOIN editions ON editions.number = published.edition
     WHERE published.dataset = :dataset ORDER BY published.set_name`,
  );
  return {
    insert: (edition) => insert.insert({ ...edition }),
    byId(editionId) {
      const row = byId.one({ editionId });
      return row && readEdition(row);
    },
    kept: (dataset, set) => kept.all({ dataset, set }).map(readEdition),
    inState: (state) => inState.all({ state }).map(readEdition),
    isUsed: (dataset) => isUsed.one({ dataset }) !== undefined,
    setState: (number, state) => setState.runOnOne('edition', { number, state }),
    setRows: (number, rows) => setRows.runOnOne('edition', { number, rows }),
    setPublished: (number, atMs) => setPublished.runOnOne('edition', { number, atMs }),
    remove: (number) => remove.runOnOne('edition', { number }),
    pointer(dataset, set) {
      const row = pointer.one({ dataset, set });
      return row && integer(row, 'edition');
    },
    point(dataset, set, edition) {
      point.run({ dataset, set, edition: orNull(edition) });
    },
    // Written through the interface only, as above.
    sets: (dataset) => sets.all({ dataset }).map((row) => text(row, 'set_name') as SetName),
    published: (dataset) => published.all({ dataset }).map(readEdition),
  };
}
