import type { DatabaseSync } from 'node:sqlite';
import { integer, oneOrNone, optionalInteger, type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { AlarmRow, AlarmsTable } from './alertTables.ts';

function readAlarm(row: Row): AlarmRow {
  return {
    id: integer(row, 'id'),
    kind: text(row, 'kind'),
    cause: text(row, 'cause'),
    subject: text(row, 'subject'),
    body: text(row, 'body'),
    raisedMs: integer(row, 'raised_ms'),
    clearedMs: optionalInteger(row, 'cleared_ms'),
  };
}

export function createAlarmsTable(db: DatabaseSync): AlarmsTable {
  const standing = statement(
    db,
    'SELECT * FROM alarms WHERE kind = :kind AND cause = :cause AND cleared_ms IS NULL',
  );
  const allStanding = statement(db, 'SELECT * FROM alarms WHERE cleared_ms IS NULL ORDER BY id');
  const add = statement(
    db,
    `INSERT INTO alarms (kind, cause, subject, body, raised_ms)
     VALUES (:kind, :cause, :subject, :body, :raisedMs)`,
  );
  const clear = statement(db, 'UPDATE alarms SET cleared_ms = :atMs WHERE id = :id AND cleared_ms IS NULL');
  const get = statement(db, 'SELECT * FROM alarms WHERE id = :id');
  const latest = statement(db, 'SELECT * FROM alarms ORDER BY id DESC LIMIT :limit');
  const prune = statement(
    db,
    `DELETE FROM alarms WHERE cleared_ms < :beforeMs
     AND NOT EXISTS (SELECT 1 FROM mails WHERE mails.alarm_id = alarms.id AND mails.state = 'unsent')`,
  );
  return {
    standing: (kind, cause) => oneOrNone(standing.one({ kind, cause }), readAlarm),
    allStanding: () => allStanding.all().map(readAlarm),
    add: ({ kind, cause, subject, body, raisedMs }) => add.insert({ kind, cause, subject, body, raisedMs }),
    clear: (id, atMs) => {
      clear.run({ id, atMs });
    },
    get: (id) => oneOrNone(get.one({ id }), readAlarm),
    latest: (limit) => latest.all({ limit }).map(readAlarm),
    prune: (beforeMs) => {
      prune.run({ beforeMs });
    },
  };
}
