import type { DatabaseSync } from 'node:sqlite';
import { type Dataset, type DatasetName, datasetSchema } from '../../shared/dataset.ts';
import { type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';

export interface DatasetsTable {
  /** By name. */
  all(): Dataset[];
  get(name: DatasetName): Dataset | undefined;
  put(dataset: Dataset): void;
}

export function createDatasetsTable(db: DatabaseSync): DatasetsTable {
  const all = statement(db, 'SELECT schema FROM datasets ORDER BY name');
  const get = statement(db, 'SELECT schema FROM datasets WHERE name = :name');
  const put = statement(
    db,
    'INSERT INTO datasets (name, schema) VALUES (:name, :schema) ON CONFLICT (name) DO UPDATE SET schema = excluded.schema',
  );
  const read = (row: Row) => datasetSchema.parse(JSON.parse(text(row, 'schema')));
  return {
    all: () => all.all().map(read),
    get(name) {
      const row = get.one({ name });
      return row && read(row);
    },
    put(dataset) {
      put.run({ name: dataset.name, schema: JSON.stringify(dataset) });
    },
  };
}
