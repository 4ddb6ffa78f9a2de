/**
 * What the windows ask for: the program version of each site, and the history by time.
 * A new column needs a new table: SQLite would put it before the last column's comment.
 */
export const windowsSql = /* sql */ `
CREATE TABLE sites_with_version (
  name TEXT NOT NULL PRIMARY KEY, -- "central" or a store number
  guid TEXT, -- the installation behind the name; null until known
  label TEXT NOT NULL, -- name for people
  first_seen_ms INTEGER NOT NULL, -- when it was first heard of
  last_receipt_number INTEGER NOT NULL, -- highest receipt number taken from it
  last_receipt_ms INTEGER, -- when that was; null: none yet
  last_receipt_made INTEGER NOT NULL, -- number of the last receipt made for it
  welcomed INTEGER NOT NULL CHECK (welcomed IN (0, 1)), -- 1: welcome.json was written for it
  all_starts_at INTEGER, -- first broadcast number owed to it; null: none
  version TEXT -- version of Branchline, as its newest receipt says; null until known
) STRICT;
INSERT INTO sites_with_version
  SELECT name, guid, label, first_seen_ms, last_receipt_number, last_receipt_ms, last_receipt_made, welcomed,
    all_starts_at, NULL
  FROM sites;
DROP TABLE sites;
ALTER TABLE sites_with_version RENAME TO sites;

CREATE INDEX transmissions_by_time ON transmissions (started_ms);
CREATE INDEX deliveries_by_addressee ON deliveries (addressee, published_ms);
CREATE INDEX in_packets_by_sender ON in_packets (sender, received_ms);
`;
