import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  oneOrNone,
  optionalInteger,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { PacketRow, PacketsTable } from './ledger.ts';
import { createPacketFiles } from './packetFiles.ts';
import { addressee } from './rowReader.ts';

function readPacket(row: Row): PacketRow {
  return {
    packetId: text(row, 'packet_id'),
    streamId: text(row, 'stream_id'),
    to: addressee(row, 'addressee'),
    sequence: integer(row, 'sequence'),
    through: integer(row, 'through'),
    kind: word(row, 'kind', ['files', 'void']),
    usage: word(row, 'usage', ['production', 'test']),
    fileName: text(row, 'file_name'),
    state: word(row, 'state', ['sealing', 'sealed', 'cancelled']),
    sizeBytes: integer(row, 'size_bytes'),
    contentBytes: integer(row, 'content_bytes'),
    fileCount: integer(row, 'file_count'),
    createdMs: integer(row, 'created_ms'),
    backupRemovedMs: optionalInteger(row, 'backup_removed_ms'),
  };
}

export function createPacketsTable(db: DatabaseSync): PacketsTable {
  const insert = statement(
    db,
    `INSERT INTO packets (packet_id, stream_id, addressee, sequence, through, kind, usage, file_name, state,
       size_bytes, content_bytes, file_count, created_ms, backup_removed_ms)
     VALUES (:packetId, :streamId, :to, :sequence, :through, :kind, :usage, :fileName, :state,
       :sizeBytes, :contentBytes, :fileCount, :createdMs, :backupRemovedMs)`,
  );
  const get = statement(db, 'SELECT * FROM packets WHERE packet_id = :packetId');
  const byFileName = statement(db, 'SELECT * FROM packets WHERE file_name = :fileName');
  // Two lookups in place of one range: a range would walk every packet of a long stream.
  const byNumber = statement(
    db,
    `SELECT * FROM packets WHERE stream_id = :streamId AND sequence = :sequence
     UNION
     SELECT * FROM packets WHERE kind = 'void' AND stream_id = :streamId
       AND sequence <= :sequence AND through >= :sequence
     ORDER BY position`,
  );
  const inState = statement(db, 'SELECT * FROM packets WHERE state = :state ORDER BY position');
  const createdSince = statement(
    db,
    `SELECT * FROM packets WHERE created_ms >= :sinceMs AND state IN ('sealed', 'cancelled')
       AND (:to IS NULL OR addressee = :to)
     ORDER BY created_ms, position`,
  );
  // A packet made after `beforeMs` cannot have been answered before it; one that nobody answers ages from its making.
  const backupExpired = statement(
    db,
    `SELECT * FROM packets WHERE backup_removed_ms IS NULL AND created_ms < :beforeMs AND state = 'sealed'
       AND NOT EXISTS (SELECT 1 FROM answers WHERE answers.packet_id = packets.packet_id
         AND (answered_ms IS NULL OR answered_ms >= :beforeMs))
       AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.packet_id = packets.packet_id
         AND deliveries.state IN ('queued', 'skipped'))
     ORDER BY created_ms, position`,
  );
  const setSealed = statement(
    db,
    `UPDATE packets SET state = 'sealed', size_bytes = :sizeBytes, content_bytes = :contentBytes,
       file_count = :fileCount WHERE packet_id = :packetId`,
  );
  const setState = statement(db, 'UPDATE packets SET state = :state WHERE packet_id = :packetId');
  const setBackupRemoved = statement(
    db,
    'UPDATE packets SET backup_removed_ms = :atMs WHERE packet_id = :packetId',
  );
  const remove = statement(db, `DELETE FROM packets WHERE packet_id = :packetId AND state = 'sealing'`);

  return {
    insert: (packet) => {
      const { to, backupRemovedMs, ...rest } = packet;
      insert.run({ ...rest, to, backupRemovedMs: orNull(backupRemovedMs) });
    },
    get: (packetId) => oneOrNone(get.one({ packetId }), readPacket),
    byFileName: (fileName) => oneOrNone(byFileName.one({ fileName }), readPacket),
    byNumber: (streamId, sequence) => byNumber.all({ streamId, sequence }).map(readPacket),
    inState: (state) => inState.all({ state }).map(readPacket),
    createdSince: (sinceMs, to) => createdSince.all({ sinceMs, to: orNull(to) }).map(readPacket),
    backupExpired: (beforeMs) => backupExpired.all({ beforeMs }).map(readPacket),
    setSealed: (packetId, { sizeBytes, contentBytes, fileCount }) => {
      setSealed.runOnOne('packet', { packetId, sizeBytes, contentBytes, fileCount });
    },
    setState: (packetId, state) => {
      setState.runOnOne('packet', { packetId, state });
    },
    setBackupRemoved: (packetId, atMs) => {
      setBackupRemoved.runOnOne('packet', { packetId, atMs });
    },
    remove: (packetId) => {
      remove.runOnOne('packet that was never sealed', { packetId });
    },
    ...createPacketFiles(db),
  };
}
