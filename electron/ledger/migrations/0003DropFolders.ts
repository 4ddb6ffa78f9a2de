/** What partners put into folders of the FTP site: what was seen there, and what is claimed. */
export const dropFoldersSql = /* sql */ `
CREATE TABLE drop_looks (
  folder TEXT NOT NULL, -- drop folder, relative to the home directory
  name TEXT NOT NULL, -- file name as the server lists it
  size_bytes INTEGER NOT NULL, -- size at the last look
  modified_ms INTEGER, -- modified time at the last look; null: the server does not tell
  unchanged_since_ms INTEGER NOT NULL, -- since when it has looked like this
  PRIMARY KEY (folder, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE drop_claims (
  claim TEXT NOT NULL PRIMARY KEY, -- begins the file's name in the folder "claimed"
  folder TEXT NOT NULL, -- drop folder, relative to the home directory
  name TEXT NOT NULL, -- name that the partner gave it
  claimed_name TEXT NOT NULL, -- name in the folder "claimed"
  size_bytes INTEGER NOT NULL, -- size at the last look
  modified_ms INTEGER, -- modified time when it was claimed; null: the server does not tell
  unchanged_since_ms INTEGER NOT NULL, -- since when it has had this size
  round INTEGER NOT NULL, -- how often it was handled and had grown afterwards
  settlement TEXT -- JSON: what becomes of it on the server; null until its effect here is durable
) STRICT, WITHOUT ROWID;
CREATE INDEX drop_claims_by_folder ON drop_claims (folder);
`;
