import type { DatabaseSync } from 'node:sqlite';
import type { TransmissionResult } from '../../shared/progress.ts';
import type { TransmissionRow } from '../../shared/views.ts';
import {
  integer,
  oneOrNone,
  optionalInteger,
  optionalJson,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { TransmissionsTable } from './ledger.ts';

export function readTransmission(row: Row): TransmissionRow {
  return {
    transmissionId: text(row, 'transmission_id'),
    mode: word(row, 'mode', ['full', 'export-only', 'import-only']),
    startedMs: integer(row, 'started_ms'),
    endedMs: optionalInteger(row, 'ended_ms'),
    outcome: word(row, 'outcome', ['done', 'partial', 'failed', 'cancelled', 'running', 'interrupted']),
    result: optionalJson<TransmissionResult>(row, 'result'),
  };
}

export function createTransmissionsTable(db: DatabaseSync): TransmissionsTable {
  const begin = statement(
    db,
    `INSERT INTO transmissions (transmission_id, mode, started_ms, outcome)
     VALUES (:transmissionId, :mode, :startedMs, 'running')`,
  );
  const end = statement(
    db,
    `UPDATE transmissions SET ended_ms = :endedMs, outcome = :outcome, result = :result
     WHERE transmission_id = :transmissionId`,
  );
  const closeInterrupted = statement(
    db,
    `UPDATE transmissions SET outcome = 'interrupted' WHERE outcome = 'running'`,
  );
  const addNote = statement(
    db,
    `INSERT INTO transmission_notes (transmission_id, at_ms, level, text)
     VALUES (:transmissionId, :atMs, :level, :text)`,
  );
  const notes = statement(
    db,
    'SELECT * FROM transmission_notes WHERE transmission_id = :transmissionId ORDER BY position',
  );
  // By order of beginning, not by time: the clock may have been set back between two runs.
  const latest = statement(db, 'SELECT * FROM transmissions ORDER BY position DESC LIMIT :limit');
  const get = statement(db, 'SELECT * FROM transmissions WHERE transmission_id = :transmissionId');
  const published = statement(
    db,
    `SELECT packet_id, folder FROM attempts JOIN deliveries ON deliveries.id = attempts.delivery_id
     WHERE transmission_id = :transmissionId AND outcome = 'published' ORDER BY attempts.position`,
  );
  const expired = `SELECT transmission_id FROM transmissions
    WHERE outcome <> 'running' AND coalesce(ended_ms, started_ms) < :beforeMs`;
  const pruneAttempts = statement(db, `DELETE FROM attempts WHERE transmission_id IN (${expired})`);
  const prune = statement(db, `DELETE FROM transmissions WHERE transmission_id IN (${expired})`);

  return {
    begin: ({ transmissionId, mode, startedMs }) => {
      begin.run({ transmissionId, mode, startedMs });
    },
    end: (transmissionId, result) => {
      const { endedMs, outcome } = result;
      end.runOnOne('transmission', { transmissionId, endedMs, outcome, result: JSON.stringify(result) });
    },
    closeInterrupted: () => closeInterrupted.run(),
    addNote: (transmissionId, atMs, { level, text: line }) => {
      addNote.run({ transmissionId, atMs, level, text: line });
    },
    notes: (transmissionId) =>
      notes.all({ transmissionId }).map((row) => ({
        atMs: integer(row, 'at_ms'),
        level: word(row, 'level', ['info', 'warning', 'error']),
        text: text(row, 'text'),
      })),
    latest: (limit) => latest.all({ limit }).map(readTransmission),
    get: (transmissionId) => oneOrNone(get.one({ transmissionId }), readTransmission),
    published: (transmissionId) =>
      published
        .all({ transmissionId })
        .map((row) => ({ packetId: text(row, 'packet_id'), folder: text(row, 'folder') })),
    prune: (beforeMs) => {
      pruneAttempts.run({ beforeMs });
      prune.run({ beforeMs });
    },
  };
}
