/**
 * The first format. Each edition's rows stand in a table of their own, `rows_<number>`, made when it is staged (see
 * rowTable.ts). Comments stand inside the statements, so that `.schema` in any SQLite browser shows them.
 *
 * Units: columns ending in `_ms` are epoch milliseconds UTC.
 */
export const initialSql = /* sql */ `
CREATE TABLE facts (
  key TEXT NOT NULL PRIMARY KEY, -- name of the value
  value TEXT NOT NULL -- the value
) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
  name TEXT NOT NULL PRIMARY KEY, -- name that people type
  schema TEXT NOT NULL -- its columns, key and constraints, as JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE editions (
  number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- its rows stand in the table rows_<number>; never reused
  edition_id TEXT NOT NULL UNIQUE, -- UUIDv7, known outside
  dataset TEXT NOT NULL REFERENCES datasets (name), -- dataset
  set_name TEXT NOT NULL, -- set of the dataset
  state TEXT NOT NULL CHECK (state IN ('staging', 'staged', 'kept', 'dropping')), -- kept: it is, or was, published; dropping: its table is on its way out
  row_count INTEGER NOT NULL, -- number of rows
  source TEXT NOT NULL, -- where it came from, for people
  made_ms INTEGER NOT NULL, -- when its staging began
  published_ms INTEGER -- when it was last published; null before
) STRICT;
CREATE INDEX editions_of_set ON editions (dataset, set_name);
CREATE INDEX editions_by_state ON editions (state);

CREATE TABLE published (
  dataset TEXT NOT NULL REFERENCES datasets (name), -- dataset
  set_name TEXT NOT NULL, -- set of the dataset
  edition INTEGER REFERENCES editions (number), -- number of the edition that readers see; null where there is none
  PRIMARY KEY (dataset, set_name)
) STRICT, WITHOUT ROWID;
`;
