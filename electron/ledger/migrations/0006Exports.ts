/** Exports to partners, sets on their way to stores, and rows that came by a channel. */
export const exportsSql = /* sql */ `
CREATE TABLE exports (
  name TEXT NOT NULL PRIMARY KEY, -- name in the settings
  since_ms INTEGER NOT NULL, -- when it was first seen; its schedule counts from here until a first run
  mark TEXT, -- JSON ExportMark: what the files published so far cover; null: nothing yet
  pending TEXT -- JSON PendingExport: intent, a file that may or may not be visible yet; null: none
) STRICT;

CREATE TABLE export_runs (
  position INTEGER NOT NULL PRIMARY KEY, -- order of beginning
  run_id TEXT NOT NULL UNIQUE, -- UUIDv7
  name TEXT NOT NULL, -- export
  started_by TEXT NOT NULL, -- who asked, in words
  started_ms INTEGER NOT NULL, -- when it began
  ended_ms INTEGER, -- when it ended; null: under way, or killed
  outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'empty', 'failed', 'cancelled', 'interrupted')), -- how it ended
  row_count INTEGER NOT NULL, -- rows written
  size_bytes INTEGER NOT NULL, -- size of the file
  file_name TEXT, -- name on the FTP site; null: none was published
  note TEXT NOT NULL, -- what a person should know, in plain words; empty: nothing
  error TEXT -- JSON ErrorReport; null: none
) STRICT;
CREATE INDEX export_runs_by_name ON export_runs (name, position);

CREATE TABLE set_issues (
  dataset TEXT NOT NULL, -- dataset
  set_name TEXT NOT NULL, -- set
  issue INTEGER NOT NULL, -- grows with each issue of this set; at least the time it was made
  edition TEXT NOT NULL, -- what receipts call it: the edition's id, with a number after it where rows were added later
  edition_id TEXT NOT NULL, -- the edition's id
  revision INTEGER NOT NULL, -- how often the same edition was issued again with added rows
  row_count INTEGER NOT NULL, -- rows
  read_ms INTEGER NOT NULL, -- rows that were added or changed before this are in it
  PRIMARY KEY (dataset, set_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE set_sends (
  dataset TEXT NOT NULL, -- dataset
  set_name TEXT NOT NULL, -- set
  site TEXT NOT NULL, -- store it is for
  issue INTEGER NOT NULL, -- issue sent last
  attempt INTEGER NOT NULL, -- how often this issue was sent to it, from 1
  target TEXT NOT NULL, -- folder it was put in: the store, or "all"
  state TEXT NOT NULL CHECK (state IN ('writing', 'written')), -- writing is an intent: the files may or may not be there
  sent_ms INTEGER NOT NULL, -- when
  PRIMARY KEY (dataset, set_name, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE store_editions (
  site TEXT NOT NULL, -- store
  name TEXT NOT NULL, -- dataset/set
  edition TEXT, -- edition that its newest receipt says it has; null: none
  told_ms INTEGER NOT NULL, -- when that receipt was read
  PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE appended_files (
  packet TEXT NOT NULL, -- packet file name it came in
  file_index INTEGER NOT NULL, -- place in the packet
  state TEXT NOT NULL CHECK (state IN ('adding', 'done', 'failed')), -- adding is an intent: see next_record
  next_record INTEGER NOT NULL, -- records before this one are settled, from 1
  rows_before INTEGER NOT NULL, -- rows of the set before this record was added
  added INTEGER NOT NULL, -- rows added
  refused INTEGER NOT NULL, -- rows with errors
  at_ms INTEGER NOT NULL, -- when it last went on
  PRIMARY KEY (packet, file_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX in_files_by_channel ON in_files (channel);
`;
