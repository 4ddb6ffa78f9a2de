import type { DatabaseSync } from 'node:sqlite';
import type { ErrorReport } from '../../shared/errors.ts';
import {
  bytes,
  integer,
  jsonOrNull,
  oneOrNone,
  optionalInteger,
  optionalJson,
  optionalText,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { MailRow, MailsTable } from './alertTables.ts';

function readMail(row: Row): MailRow {
  return {
    id: integer(row, 'id'),
    messageId: text(row, 'message_id'),
    alarmId: optionalInteger(row, 'alarm_id'),
    about: word(row, 'about', ['raised', 'resolved', 'other']),
    to: optionalJson<string[]>(row, 'recipients') ?? [],
    subject: text(row, 'subject'),
    text: text(row, 'body'),
    html: optionalText(row, 'html'),
    createdMs: integer(row, 'created_ms'),
    state: word(row, 'state', ['unsent', 'sent', 'given-up']),
    attempts: integer(row, 'attempts'),
    nextTryMs: optionalInteger(row, 'next_try_ms'),
    sentMs: optionalInteger(row, 'sent_ms'),
    lastError: optionalJson<ErrorReport>(row, 'last_error'),
  };
}

export function createMailsTable(db: DatabaseSync): MailsTable {
  const add = statement(
    db,
    `INSERT INTO mails (message_id, alarm_id, about, recipients, subject, body, html, created_ms, state, attempts)
     VALUES (:messageId, :alarmId, :about, :recipients, :subject, :text, :html, :createdMs, 'unsent', 0)`,
  );
  const attach = statement(
    db,
    `INSERT INTO mail_attachments (mail_id, position, name, type, content)
     VALUES (:mailId, :position, :name, :type, :content)`,
  );
  const get = statement(db, 'SELECT * FROM mails WHERE id = :id');
  const unsent = statement(db, `SELECT * FROM mails WHERE state = 'unsent' ORDER BY id`);
  const ofAlarm = statement(db, 'SELECT * FROM mails WHERE alarm_id = :alarmId ORDER BY id');
  const latest = statement(db, 'SELECT * FROM mails ORDER BY id DESC LIMIT :limit');
  const attachments = statement(db, 'SELECT * FROM mail_attachments WHERE mail_id = :id ORDER BY position');
  const unsentBytes = statement(
    db,
    `SELECT coalesce(sum(length(content)), 0) AS bytes FROM mail_attachments
     JOIN mails ON mails.id = mail_attachments.mail_id WHERE mails.state = 'unsent'`,
  );
  const change = statement(
    db,
    `UPDATE mails SET state = :state, attempts = :attempts, next_try_ms = :nextTryMs, sent_ms = :sentMs,
       last_error = :lastError WHERE id = :id`,
  );
  const dropAttachments = statement(db, 'DELETE FROM mail_attachments WHERE mail_id = :id');
  const prune = statement(
    db,
    `DELETE FROM mails WHERE created_ms < :beforeMs AND state <> 'unsent' AND alarm_id IS NULL`,
  );
  const find = (id: number) => oneOrNone(get.one({ id }), readMail);
  return {
    add({ messageId, alarmId, about, to, subject, text: body, html, createdMs }, files) {
      const mailId = add.insert({
        messageId,
        alarmId: orNull(alarmId),
        about,
        recipients: JSON.stringify(to),
        subject,
        text: body,
        html: orNull(html),
        createdMs,
      });
      for (const [position, { name, type, content }] of files.entries()) {
        attach.run({ mailId, position, name, type, content });
      }
      return mailId;
    },
    get: find,
    unsent: () => unsent.all().map(readMail),
    ofAlarm: (alarmId) => ofAlarm.all({ alarmId }).map(readMail),
    latest: (limit) => latest.all({ limit }).map(readMail),
    attachments: (id) =>
      attachments.all({ id }).map((row) => ({
        name: text(row, 'name'),
        type: text(row, 'type'),
        content: bytes(row, 'content'),
      })),
    unsentBytes: () => integer(unsentBytes.one() ?? {}, 'bytes'),
    change(id, wanted) {
      const known = find(id);
      if (known === undefined) throw new Error('The ledger has no e-mail to change.');
      const next = { ...known, ...wanted };
      change.runOnOne('e-mail', {
        id,
        state: next.state,
        attempts: next.attempts,
        nextTryMs: orNull(next.nextTryMs),
        sentMs: orNull(next.sentMs),
        lastError: jsonOrNull(next.lastError),
      });
    },
    dropAttachments: (id) => {
      dropAttachments.run({ id });
    },
    prune: (beforeMs) => {
      prune.run({ beforeMs });
    },
  };
}
