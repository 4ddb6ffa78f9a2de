/**
 * Customers' files. Comments stand inside the statements, so that `.schema` in any SQLite browser shows them.
 *
 * Units: columns ending in `_ms` are epoch milliseconds UTC, in `_bytes` bytes.
 */
export const initialSql = /* sql */ `
CREATE TABLE facts (
  key TEXT NOT NULL PRIMARY KEY, -- name of the value
  value TEXT NOT NULL -- JSON text
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
  dataset TEXT NOT NULL, -- dataset that the customer's row is in
  customer TEXT NOT NULL, -- value of that dataset's key
  label TEXT NOT NULL, -- name for people, when a file was last attached
  number TEXT NOT NULL, -- value of the column that the file was found by
  search TEXT NOT NULL, -- label, number and key, folded for searching
  files INTEGER NOT NULL, -- how many files it has, versions not counted
  last_ms INTEGER NOT NULL, -- when a file was last attached
  PRIMARY KEY (dataset, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_by_time ON customers (last_ms);

CREATE TABLE attachments (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- number shown to people; never reused
  dataset TEXT NOT NULL, -- dataset of the customer
  customer TEXT NOT NULL, -- key of the customer
  name TEXT NOT NULL, -- name as the partner gave it
  name_key TEXT NOT NULL, -- the name, folded: files of one name_key are versions of one file
  version INTEGER NOT NULL CHECK (version >= 1), -- 1 for the first content under this name
  sha256 TEXT NOT NULL, -- hash of the content, lower-case hex
  size_bytes INTEGER NOT NULL, -- size
  modified_ms INTEGER, -- modified time on the FTP site; null: not told
  stored_path TEXT NOT NULL, -- place below the attachments folder, "/" between parts
  stored_key TEXT NOT NULL UNIQUE, -- the place, folded: no two differ in case only
  source TEXT NOT NULL, -- drop folder it came from
  claim_id TEXT NOT NULL, -- claim it came with
  state TEXT NOT NULL CHECK (state IN ('storing', 'attached')), -- storing: an intent; the file may not be there yet
  attached_ms INTEGER NOT NULL, -- when it was attached
  UNIQUE (dataset, customer, sha256),
  UNIQUE (dataset, customer, name_key, version)
) STRICT;

CREATE TABLE forwards (
  attachment_id INTEGER NOT NULL PRIMARY KEY REFERENCES attachments (id), -- file to send on
  channel TEXT NOT NULL, -- channel it goes by
  store TEXT NOT NULL, -- store it belongs to
  state TEXT NOT NULL CHECK (state IN ('due', 'placing', 'done')) -- placing: an intent; it may be in the outgoing folder
) STRICT;
CREATE INDEX forwards_open ON forwards (state) WHERE state <> 'done';

CREATE TABLE unidentified (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- number shown to people; never reused
  folder TEXT NOT NULL, -- drop folder it came from
  name TEXT NOT NULL, -- name as the partner gave it
  remote_name TEXT, -- name in the folder "unidentified"; null: not moved there yet
  key TEXT NOT NULL, -- what was looked up; empty: the name has no key
  reason TEXT NOT NULL CHECK (reason IN ('no-key', 'no-match', 'several', 'no-id', 'found')), -- why nobody was found
  size_bytes INTEGER, -- size; null: not told
  modified_ms INTEGER, -- modified time on the FTP site; null: not told
  found_ms INTEGER NOT NULL, -- when it was found
  claim_id TEXT UNIQUE, -- claim it came with; null: it lay there
  state TEXT NOT NULL CHECK (state IN ('open', 'attached', 'put-back', 'deleted', 'gone')), -- what became of it
  pending TEXT NOT NULL CHECK (pending IN ('', 'remove', 'put-back')), -- what is still to be done on the FTP site
  put_back_as TEXT NOT NULL -- name to put it back under; empty: not put back
) STRICT;
CREATE INDEX unidentified_open ON unidentified (folder, remote_name) WHERE state = 'open';
CREATE INDEX unidentified_pending ON unidentified (pending) WHERE pending <> '';
`;
