import type { DatabaseSync } from 'node:sqlite';
import type { ErrorReport } from '../../shared/errors.ts';
import {
  integer,
  jsonOrNull,
  oneOrNone,
  optionalInteger,
  optionalJson,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { AttemptRow, DeliveriesTable, DeliveryRow } from './ledger.ts';
import { addressee } from './rowReader.ts';

function readDelivery(row: Row): DeliveryRow {
  return {
    id: integer(row, 'id'),
    packetId: text(row, 'packet_id'),
    folder: text(row, 'folder'),
    addressee: addressee(row, 'addressee'),
    state: word(row, 'state', ['queued', 'published', 'answered', 'skipped', 'cancelled']),
    stage: word(row, 'stage', ['idle', 'uploading', 'renaming']),
    attempts: integer(row, 'attempts'),
    damaged: integer(row, 'damaged'),
    nextTryMs: optionalInteger(row, 'next_try_ms'),
    lastError: optionalJson<ErrorReport>(row, 'last_error'),
    publishedMs: optionalInteger(row, 'published_ms'),
  };
}

function readAttempt(row: Row): AttemptRow {
  return {
    deliveryId: integer(row, 'delivery_id'),
    transmissionId: text(row, 'transmission_id'),
    startedMs: integer(row, 'started_ms'),
    endedMs: integer(row, 'ended_ms'),
    outcome: word(row, 'outcome', ['published', 'failed']),
    error: optionalJson<ErrorReport>(row, 'error'),
  };
}

export function createDeliveriesTable(db: DatabaseSync): DeliveriesTable {
  const add = statement(
    db,
    `INSERT INTO deliveries (packet_id, folder, addressee, state, stage, attempts, damaged)
     VALUES (:packetId, :folder, :addressee, 'queued', 'idle', 0, 0)`,
  );
  const get = statement(db, 'SELECT * FROM deliveries WHERE id = :id');
  const ofPacket = statement(db, 'SELECT * FROM deliveries WHERE packet_id = :packetId ORDER BY id');
  const inState = statement(db, 'SELECT * FROM deliveries WHERE state = :state ORDER BY id');
  const withLeftovers = statement(
    db,
    `SELECT * FROM deliveries WHERE state IN ('cancelled', 'answered') AND stage <> 'idle' ORDER BY id`,
  );
  const broadcastsAnswered = statement(
    db,
    `SELECT * FROM deliveries WHERE state = 'published' AND addressee = 'all'
       AND NOT EXISTS (SELECT 1 FROM answers
         WHERE answers.packet_id = deliveries.packet_id AND outcome IS NULL)
     ORDER BY id`,
  );
  const change = statement(
    db,
    `UPDATE deliveries SET state = :state, stage = :stage, attempts = :attempts, damaged = :damaged,
       next_try_ms = :nextTryMs, last_error = :lastError, published_ms = :publishedMs WHERE id = :id`,
  );
  const addAttempt = statement(
    db,
    `INSERT INTO attempts (delivery_id, transmission_id, started_ms, ended_ms, outcome, error)
     VALUES (:deliveryId, :transmissionId, :startedMs, :endedMs, :outcome, :error)`,
  );
  const attempts = statement(db, 'SELECT * FROM attempts WHERE delivery_id = :deliveryId ORDER BY position');

  const getRow = (id: number) => oneOrNone(get.one({ id }), readDelivery);
  return {
    add: ({ packetId, folder, addressee: to }) => add.insert({ packetId, folder, addressee: to }),
    get: getRow,
    ofPacket: (packetId) => ofPacket.all({ packetId }).map(readDelivery),
    inState: (...states) =>
      [...new Set(states)]
        .flatMap((state) => inState.all({ state }).map(readDelivery))
        .sort((one, other) => one.id - other.id),
    withLeftovers: () => withLeftovers.all().map(readDelivery),
    broadcastsAnswered: () => broadcastsAnswered.all().map(readDelivery),
    change: (id, changed) => {
      const now = getRow(id);
      if (now === undefined) throw new Error(`The ledger has no delivery ${id} to change.`);
      // A field that is named and undefined is cleared; one that is not named stays.
      const next = { ...now, ...changed };
      change.run({
        id,
        state: next.state,
        stage: next.stage,
        attempts: next.attempts,
        damaged: next.damaged,
        nextTryMs: orNull(next.nextTryMs),
        lastError: jsonOrNull(next.lastError),
        publishedMs: orNull(next.publishedMs),
      });
    },
    addAttempt: ({ error, ...attempt }) => {
      addAttempt.run({ ...attempt, error: jsonOrNull(error) });
    },
    attempts: (deliveryId) => attempts.all({ deliveryId }).map(readAttempt),
  };
}
