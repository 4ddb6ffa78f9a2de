/**
 * The first format. Comments stand inside the statements, so that `.schema` in any SQLite browser shows them.
 * Foreign keys are deferred: the order of the writes inside one commit does not matter.
 *
 * Units: columns ending in `_ms` are epoch milliseconds UTC, in `_ns` nanoseconds as text, in `_bytes` bytes.
 */
export const initialSql = /* sql */ `
CREATE TABLE facts (
  key TEXT NOT NULL PRIMARY KEY, -- name of the value
  value TEXT NOT NULL -- JSON text
) STRICT, WITHOUT ROWID;

CREATE TABLE out_streams (
  addressee TEXT NOT NULL PRIMARY KEY, -- "central", "all" or a store number
  stream_id TEXT NOT NULL, -- UUIDv7, made with this ledger
  next_sequence INTEGER NOT NULL CHECK (next_sequence >= 1) -- number that the next packet gets
) STRICT;

CREATE TABLE packets (
  position INTEGER NOT NULL PRIMARY KEY, -- order of making
  packet_id TEXT NOT NULL UNIQUE, -- UUIDv7
  stream_id TEXT NOT NULL, -- stream it is numbered in
  addressee TEXT NOT NULL, -- "central", "all" or a store number
  sequence INTEGER NOT NULL CHECK (sequence >= 1), -- number within the stream
  through INTEGER NOT NULL CHECK (through >= sequence), -- last number it answers for; only a void spans several
  kind TEXT NOT NULL CHECK (kind IN ('files', 'void')), -- a void packet carries no files and fills numbers
  usage TEXT NOT NULL CHECK (usage IN ('production', 'test')), -- what the packet is for
  file_name TEXT NOT NULL UNIQUE, -- name on the server and in the backup folder
  state TEXT NOT NULL CHECK (state IN ('sealing', 'sealed', 'cancelled')), -- sealing: its file may not be there yet
  size_bytes INTEGER NOT NULL, -- size of the packet file
  content_bytes INTEGER NOT NULL, -- sum of the sizes of the files in it
  file_count INTEGER NOT NULL, -- number of files in it
  created_ms INTEGER NOT NULL, -- when it was made
  backup_removed_ms INTEGER -- when its copy in the backup folder was removed; null while kept
) STRICT;
CREATE INDEX packets_by_number ON packets (stream_id, sequence);
CREATE INDEX packets_by_state ON packets (state);
CREATE INDEX packets_by_time ON packets (created_ms);
CREATE INDEX packets_voids ON packets (stream_id, sequence, through) WHERE kind = 'void';
CREATE INDEX packets_in_backup ON packets (created_ms) WHERE backup_removed_ms IS NULL;

CREATE TABLE packet_files (
  packet_id TEXT NOT NULL REFERENCES packets (packet_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- packet it travels in
  file_index INTEGER NOT NULL, -- place in the packet, from 0
  channel TEXT NOT NULL, -- channel
  path TEXT NOT NULL, -- path within the channel
  size_bytes INTEGER NOT NULL, -- size
  sha256 TEXT NOT NULL, -- hash of the content, lower-case hex
  modified_ms INTEGER NOT NULL, -- modified time
  source_path TEXT NOT NULL, -- absolute path it was picked up from; empty when it was not picked up
  source_modified_ns TEXT NOT NULL, -- what the source's modified time was
  source_inode TEXT NOT NULL, -- what the source's inode was
  source_pending INTEGER NOT NULL CHECK (source_pending IN (0, 1)), -- 1: the source has yet to be moved, kept or deleted
  PRIMARY KEY (packet_id, file_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX packet_files_pending ON packet_files (packet_id, file_index) WHERE source_pending = 1;

CREATE TABLE deliveries (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- number shown to people; never reused
  packet_id TEXT NOT NULL REFERENCES packets (packet_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- packet to deliver
  folder TEXT NOT NULL, -- folder on the server
  addressee TEXT NOT NULL, -- whose answer it is for: a site, or "all"
  state TEXT NOT NULL CHECK (state IN ('queued', 'published', 'answered', 'skipped', 'cancelled')), -- where it stands
  stage TEXT NOT NULL CHECK (stage IN ('idle', 'uploading', 'renaming')), -- how far the act under way had come
  attempts INTEGER NOT NULL, -- attempts counted against the retries
  damaged INTEGER NOT NULL, -- how often the addressee reported damage
  next_try_ms INTEGER, -- not before this; null: at once
  last_error TEXT, -- JSON ErrorReport of the last failure; null: none
  published_ms INTEGER -- when it became visible to its addressee
) STRICT;
CREATE INDEX deliveries_by_packet ON deliveries (packet_id);
CREATE INDEX deliveries_by_state ON deliveries (state);
CREATE INDEX deliveries_unfinished ON deliveries (state, stage) WHERE stage <> 'idle';

CREATE TABLE attempts (
  position INTEGER NOT NULL PRIMARY KEY, -- order of happening
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- delivery tried
  transmission_id TEXT NOT NULL, -- run that tried
  started_ms INTEGER NOT NULL, -- when it began
  ended_ms INTEGER NOT NULL, -- when it ended
  outcome TEXT NOT NULL CHECK (outcome IN ('published', 'failed')), -- how it ended
  error TEXT -- JSON ErrorReport; null when published
) STRICT;
CREATE INDEX attempts_by_delivery ON attempts (delivery_id);
CREATE INDEX attempts_by_transmission ON attempts (transmission_id);

CREATE TABLE answers (
  packet_id TEXT NOT NULL REFERENCES packets (packet_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- packet answered
  site TEXT NOT NULL, -- who answers
  outcome TEXT CHECK (outcome IN ('accepted', 'accepted-with-errors', 'rejected', 'duplicate')), -- the answer; null while awaited
  code TEXT NOT NULL, -- "ok", or why not; empty while awaited
  message TEXT NOT NULL, -- the answer's words; empty while awaited
  answered_ms INTEGER, -- when the answer was taken in; null while awaited
  PRIMARY KEY (packet_id, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_awaited ON answers (site, packet_id) WHERE outcome IS NULL;

CREATE TABLE sites (
  name TEXT NOT NULL PRIMARY KEY, -- "central" or a store number
  guid TEXT, -- the installation behind the name; null until known
  label TEXT NOT NULL, -- name for people
  first_seen_ms INTEGER NOT NULL, -- when it was first heard of
  last_receipt_number INTEGER NOT NULL, -- highest receipt number taken from it
  last_receipt_ms INTEGER, -- when that was; null: none yet
  last_receipt_made INTEGER NOT NULL, -- number of the last receipt made for it
  welcomed INTEGER NOT NULL CHECK (welcomed IN (0, 1)), -- 1: welcome.json was written for it
  all_starts_at INTEGER -- first broadcast number owed to it; null: none
) STRICT;

CREATE TABLE in_streams (
  stream_id TEXT NOT NULL PRIMARY KEY, -- UUIDv7, made by the sender
  sender TEXT NOT NULL, -- the sending site
  addressee TEXT NOT NULL, -- this site, or "all"
  applied_through INTEGER NOT NULL, -- every number up to this one has been answered
  first_seen_ms INTEGER NOT NULL, -- when its first packet was seen
  missing TEXT NOT NULL, -- JSON ranges of numbers last found missing
  asked TEXT -- JSON: ranges the last receipt asked for, and that receipt's file name; null: none
) STRICT;
CREATE INDEX in_streams_by_sender ON in_streams (sender, addressee, stream_id);

CREATE TABLE in_packets (
  position INTEGER NOT NULL PRIMARY KEY, -- order of arrival
  file_name TEXT NOT NULL UNIQUE, -- name on the server
  packet_id TEXT, -- null where it could not be read
  stream_id TEXT, -- null where it could not be read
  sender TEXT NOT NULL, -- sending site
  addressee TEXT NOT NULL, -- this site, or "all"
  sequence INTEGER NOT NULL, -- number within its stream
  through INTEGER NOT NULL, -- last number it answers for
  size_bytes INTEGER NOT NULL, -- size of the packet file
  state TEXT NOT NULL CHECK (state IN ('applying', 'applied', 'rejected', 'duplicate', 'damaged')), -- applying: staged and durable, on its way
  code TEXT NOT NULL, -- "ok", or why not
  message TEXT NOT NULL, -- the same in words
  received_ms INTEGER NOT NULL, -- when it was taken in
  transmission_id TEXT NOT NULL, -- run that took it in
  staging TEXT NOT NULL -- staging folder while applying, relative to the incoming folder
) STRICT;
CREATE INDEX in_packets_by_id ON in_packets (packet_id);
CREATE INDEX in_packets_by_number ON in_packets (stream_id, sequence) WHERE state = 'applied';
CREATE INDEX in_packets_by_state ON in_packets (state);
CREATE INDEX in_packets_by_transmission ON in_packets (transmission_id);

CREATE TABLE in_files (
  file_name TEXT NOT NULL REFERENCES in_packets (file_name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- packet it came in
  file_index INTEGER NOT NULL, -- place in the packet, from 0
  channel TEXT NOT NULL, -- channel
  path TEXT NOT NULL, -- path within the channel
  size_bytes INTEGER NOT NULL, -- size
  sha256 TEXT NOT NULL, -- hash of the content, lower-case hex
  modified_ms INTEGER NOT NULL, -- modified time
  staged_name TEXT NOT NULL, -- name inside the staging folder
  target_path TEXT, -- absolute path it was put at; null until then
  result TEXT NOT NULL CHECK (result IN ('pending', 'placed', 'refused')), -- what became of it
  PRIMARY KEY (file_name, file_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE removals (
  position INTEGER NOT NULL PRIMARY KEY, -- order of noting
  path TEXT NOT NULL UNIQUE -- copy on the server to delete, relative to the home directory
) STRICT;

CREATE TABLE due_answers (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- number, never reused
  site TEXT NOT NULL, -- whose packet it was
  file_name TEXT NOT NULL, -- the packet's name on the server
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'accepted-with-errors', 'rejected', 'duplicate')), -- the answer
  code TEXT NOT NULL, -- "ok", or why not
  message TEXT NOT NULL, -- the same in words
  receipt TEXT REFERENCES out_receipts (file_name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED -- receipt that says it; null: due
) STRICT;
CREATE INDEX due_answers_open ON due_answers (id) WHERE receipt IS NULL;
CREATE INDEX due_answers_by_receipt ON due_answers (receipt) WHERE receipt IS NOT NULL;

CREATE TABLE damaged_notes (
  position INTEGER NOT NULL PRIMARY KEY, -- order of noting
  site TEXT NOT NULL, -- whose receipt arrived damaged
  file_name TEXT NOT NULL, -- that receipt's name on the server
  receipt TEXT REFERENCES out_receipts (file_name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- receipt that says so; null: due
  UNIQUE (site, file_name)
) STRICT;
CREATE INDEX damaged_notes_by_receipt ON damaged_notes (receipt) WHERE receipt IS NOT NULL;

CREATE TABLE out_receipts (
  position INTEGER NOT NULL PRIMARY KEY, -- order of making
  file_name TEXT NOT NULL UNIQUE, -- name on the server
  addressee TEXT NOT NULL, -- site it is for
  number INTEGER NOT NULL CHECK (number >= 1), -- the receipt's own number for that site
  body TEXT NOT NULL, -- the receipt as it is uploaded
  state TEXT NOT NULL CHECK (state IN ('pending', 'published')), -- where it stands
  created_ms INTEGER NOT NULL -- when it was made
) STRICT;
CREATE INDEX out_receipts_pending ON out_receipts (position) WHERE state = 'pending';
CREATE INDEX out_receipts_by_time ON out_receipts (created_ms);

CREATE TABLE seen_files (
  path TEXT NOT NULL PRIMARY KEY, -- absolute path in the outgoing folder
  size_bytes INTEGER NOT NULL, -- size when last looked at
  modified_ns TEXT NOT NULL, -- modified time when last looked at
  inode TEXT NOT NULL, -- inode when last looked at
  unchanged_since_ms INTEGER NOT NULL, -- since when it has looked like this
  packed INTEGER NOT NULL CHECK (packed IN (0, 1)) -- 1: packed looking like this, and stays where it is
) STRICT;

CREATE TABLE transmissions (
  position INTEGER NOT NULL PRIMARY KEY, -- order of beginning
  transmission_id TEXT NOT NULL UNIQUE, -- UUIDv7
  mode TEXT NOT NULL CHECK (mode IN ('full', 'export-only', 'import-only')), -- what it was asked to do
  started_ms INTEGER NOT NULL, -- when it began
  ended_ms INTEGER, -- when it ended; null while running, and for good when interrupted
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'partial', 'failed', 'cancelled', 'running', 'interrupted')), -- how it ended
  result TEXT -- JSON TransmissionResult; null until it ended
) STRICT;
CREATE INDEX transmissions_running ON transmissions (position) WHERE outcome = 'running';

CREATE TABLE transmission_notes (
  position INTEGER NOT NULL PRIMARY KEY, -- order of noting
  transmission_id TEXT NOT NULL REFERENCES transmissions (transmission_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- run it belongs to
  at_ms INTEGER NOT NULL, -- when
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')), -- how grave
  text TEXT NOT NULL -- the line
) STRICT;
CREATE INDEX transmission_notes_by_run ON transmission_notes (transmission_id);
`;
