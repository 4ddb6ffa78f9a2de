import type { DatabaseSync } from 'node:sqlite';
import {
  oneOrNone,
  optionalInteger,
  optionalWord,
  orNull,
  type Row,
  text,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { AnswerRow, AnswersTable } from './ledger.ts';
import { outcomes } from './outcomes.ts';
import { site as readSite } from './rowReader.ts';

function readAnswer(row: Row): AnswerRow {
  return {
    packetId: text(row, 'packet_id'),
    site: readSite(row, 'site'),
    outcome: optionalWord(row, 'outcome', outcomes),
    code: text(row, 'code'),
    message: text(row, 'message'),
    answeredMs: optionalInteger(row, 'answered_ms'),
  };
}

export function createAnswersTable(db: DatabaseSync): AnswersTable {
  const expect = statement(
    db,
    `INSERT INTO answers (packet_id, site, code, message) VALUES (:packetId, :site, '', '')
     ON CONFLICT DO NOTHING`,
  );
  const get = statement(db, 'SELECT * FROM answers WHERE packet_id = :packetId AND site = :site');
  const ofPacket = statement(db, 'SELECT * FROM answers WHERE packet_id = :packetId ORDER BY site');
  const awaiting = statement(
    db,
    'SELECT site FROM answers WHERE packet_id = :packetId AND outcome IS NULL ORDER BY site',
  );
  const set = statement(
    db,
    `INSERT INTO answers (packet_id, site, outcome, code, message, answered_ms)
     VALUES (:packetId, :site, :outcome, :code, :message, :answeredMs)
     ON CONFLICT (packet_id, site) DO UPDATE SET outcome = excluded.outcome, code = excluded.code,
       message = excluded.message, answered_ms = excluded.answered_ms`,
  );
  const awaitedThrough = statement(
    db,
    `SELECT answers.* FROM answers JOIN packets USING (packet_id)
     WHERE answers.site = :site AND answers.outcome IS NULL
       AND packets.stream_id = :streamId AND packets.through <= :through
     ORDER BY packets.position`,
  );
  return {
    expect: (packetId, site) => {
      expect.run({ packetId, site });
    },
    get: (packetId, site) => oneOrNone(get.one({ packetId, site }), readAnswer),
    ofPacket: (packetId) => ofPacket.all({ packetId }).map(readAnswer),
    awaiting: (packetId) => awaiting.all({ packetId }).map((row) => readSite(row, 'site')),
    set: ({ outcome, answeredMs, ...answer }) => {
      set.run({ ...answer, outcome: orNull(outcome), answeredMs: orNull(answeredMs) });
    },
    awaitedThrough: (site, streamId, through) =>
      awaitedThrough.all({ site, streamId, through }).map(readAnswer),
  };
}
