import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  oneOrNone,
  optionalText,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import { createInFiles } from './inFiles.ts';
import type { InPacketRow, InPacketsTable } from './ledger.ts';
import { addressee, site } from './rowReader.ts';

function readPacket(row: Row): InPacketRow {
  return {
    fileName: text(row, 'file_name'),
    packetId: optionalText(row, 'packet_id'),
    streamId: optionalText(row, 'stream_id'),
    from: site(row, 'sender'),
    to: addressee(row, 'addressee'),
    sequence: integer(row, 'sequence'),
    through: integer(row, 'through'),
    sizeBytes: integer(row, 'size_bytes'),
    state: word(row, 'state', ['applying', 'applied', 'rejected', 'duplicate', 'damaged']),
    code: text(row, 'code'),
    message: text(row, 'message'),
    receivedMs: integer(row, 'received_ms'),
    transmissionId: text(row, 'transmission_id'),
    staging: text(row, 'staging'),
  };
}

export function createInPacketsTable(db: DatabaseSync): InPacketsTable {
  const get = statement(db, 'SELECT * FROM in_packets WHERE file_name = :fileName');
  // One packet may come under several names: the name that it was applied under is the one that counts.
  const byPacketId = statement(
    db,
    `SELECT * FROM in_packets WHERE packet_id = :packetId
     ORDER BY CASE state WHEN 'applied' THEN 0 WHEN 'applying' THEN 1 WHEN 'rejected' THEN 2
       WHEN 'duplicate' THEN 3 ELSE 4 END, position LIMIT 1`,
  );
  const hasFilesAt = statement(
    db,
    `SELECT 1 AS found FROM in_packets AS packet WHERE stream_id = :streamId AND sequence = :sequence
       AND state = 'applied' AND EXISTS (SELECT 1 FROM in_files WHERE in_files.file_name = packet.file_name) LIMIT 1`,
  );
  const inState = statement(db, 'SELECT * FROM in_packets WHERE state = :state ORDER BY position');
  const ofTransmission = statement(
    db,
    'SELECT * FROM in_packets WHERE transmission_id = :transmissionId ORDER BY position',
  );
  const put = statement(
    db,
    `INSERT INTO in_packets (file_name, packet_id, stream_id, sender, addressee, sequence, through, size_bytes,
       state, code, message, received_ms, transmission_id, staging)
     VALUES (:fileName, :packetId, :streamId, :from, :to, :sequence, :through, :sizeBytes,
       :state, :code, :message, :receivedMs, :transmissionId, :staging)
     ON CONFLICT (file_name) DO UPDATE SET packet_id = excluded.packet_id, stream_id = excluded.stream_id,
       sender = excluded.sender, addressee = excluded.addressee, sequence = excluded.sequence,
       through = excluded.through, size_bytes = excluded.size_bytes, state = excluded.state,
       code = excluded.code, message = excluded.message, received_ms = excluded.received_ms,
       transmission_id = excluded.transmission_id, staging = excluded.staging`,
  );
  const addRemoval = statement(db, 'INSERT INTO removals (path) VALUES (:path) ON CONFLICT DO NOTHING');
  const removals = statement(db, 'SELECT path FROM removals ORDER BY position');
  const removalDone = statement(db, 'DELETE FROM removals WHERE path = :path');

  return {
    get: (fileName) => oneOrNone(get.one({ fileName }), readPacket),
    byPacketId: (packetId) => oneOrNone(byPacketId.one({ packetId }), readPacket),
    hasFilesAt: (streamId, sequence) => hasFilesAt.one({ streamId, sequence }) !== undefined,
    inState: (state) => inState.all({ state }).map(readPacket),
    ofTransmission: (transmissionId) => ofTransmission.all({ transmissionId }).map(readPacket),
    put: ({ packetId, streamId, ...packet }) => {
      put.run({ ...packet, packetId: orNull(packetId), streamId: orNull(streamId) });
    },
    addRemoval: ({ path }) => {
      addRemoval.run({ path });
    },
    removals: () => removals.all().map((row) => ({ path: text(row, 'path') })),
    removalDone: (path) => {
      removalDone.run({ path });
    },
    ...createInFiles(db),
  };
}
