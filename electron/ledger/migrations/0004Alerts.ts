/** How the connection stands over runs and restarts, what is to be told of, and the e-mails that tell it. */
export const alertsSql = /* sql */ `
CREATE TABLE connection (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), -- there is one row
  failures INTEGER NOT NULL CHECK (failures >= 0), -- failed attempts to connect or send, in a row
  last_message TEXT NOT NULL, -- the server's last words about them, redacted and bounded
  last_failure_ms INTEGER, -- when the last of them was; null: none
  suspended_ms INTEGER, -- since when the connection is suspended; null: it is not
  until_ms INTEGER, -- when it is tried again; null: it is not suspended
  held_code TEXT, -- why runs without a person do not log in; null: they do
  held_message TEXT, -- the same in words
  held_ms INTEGER, -- since when
  last_login_ms INTEGER -- when a log-in last succeeded; null: never
) STRICT;

CREATE TABLE alarms (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- number, never reused
  kind TEXT NOT NULL, -- what it is about: "suspension", "skipped", …
  cause TEXT NOT NULL, -- tells one cause from another of its kind
  subject TEXT NOT NULL, -- as in the e-mail
  body TEXT NOT NULL, -- as in the e-mail
  raised_ms INTEGER NOT NULL, -- when it was raised
  cleared_ms INTEGER -- when its cause was gone; null while it stands
) STRICT;
CREATE UNIQUE INDEX alarms_standing ON alarms (kind, cause) WHERE cleared_ms IS NULL;
CREATE INDEX alarms_by_time ON alarms (raised_ms);

CREATE TABLE mails (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order of queueing, never reused
  message_id TEXT NOT NULL UNIQUE, -- the same at every try, so that a server may know it again
  alarm_id INTEGER REFERENCES alarms (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- alarm it tells of; null: none
  about TEXT NOT NULL CHECK (about IN ('raised', 'resolved', 'other')), -- what it says of the alarm
  recipients TEXT NOT NULL, -- JSON list of addresses; empty: those of the mail settings
  subject TEXT NOT NULL, -- subject
  body TEXT NOT NULL, -- plain text
  html TEXT, -- the same as HTML; null: only plain text
  created_ms INTEGER NOT NULL, -- when it was queued
  state TEXT NOT NULL CHECK (state IN ('unsent', 'sent', 'given-up')), -- where it stands
  attempts INTEGER NOT NULL, -- tries so far
  next_try_ms INTEGER, -- not before this; null: at once
  sent_ms INTEGER, -- when the mail server took it; null until then
  last_error TEXT -- JSON ErrorReport of the last try; null: none failed
) STRICT;
CREATE INDEX mails_unsent ON mails (id) WHERE state = 'unsent';
CREATE INDEX mails_by_alarm ON mails (alarm_id) WHERE alarm_id IS NOT NULL;
CREATE INDEX mails_by_time ON mails (created_ms);

CREATE TABLE mail_attachments (
  mail_id INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- e-mail it belongs to
  position INTEGER NOT NULL, -- place in the e-mail, from 0
  name TEXT NOT NULL, -- file name
  type TEXT NOT NULL, -- media type
  content BLOB NOT NULL, -- the file
  PRIMARY KEY (mail_id, position)
) STRICT, WITHOUT ROWID;
`;
