/** What became of sets that arrived as CSV or ZIP. */
export const importsSql = /* sql */ `
CREATE TABLE import_runs (
  position INTEGER NOT NULL PRIMARY KEY, -- order of beginning
  run_id TEXT NOT NULL UNIQUE, -- UUIDv7
  source_key TEXT NOT NULL, -- tells the file apart, so that it is imported once
  settled INTEGER NOT NULL CHECK (settled IN (0, 1)), -- 1: the file is gone from where it came from
  channel TEXT NOT NULL, -- import channel
  set_name TEXT NOT NULL, -- set of its dataset
  outcome TEXT NOT NULL CHECK (outcome IN ('running', 'publishing', 'published', 'tested', 'previewed', 'failed', 'cancelled', 'interrupted')), -- how it stands, or ended
  started_ms INTEGER NOT NULL, -- when it began
  report TEXT NOT NULL -- JSON ImportReport
) STRICT;
CREATE INDEX import_runs_by_source ON import_runs (source_key) WHERE settled = 0;
CREATE INDEX import_runs_open ON import_runs (position) WHERE outcome IN ('running', 'publishing');
CREATE INDEX import_runs_by_channel ON import_runs (channel, set_name, position);
`;
