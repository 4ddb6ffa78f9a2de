import type { DatabaseSync } from 'node:sqlite';
import { integer, oneOrNone, type Row, text, word } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { AppendedFileRow, AppendsTable } from './exportRows.ts';
import { site } from './rowReader.ts';

function readAppended(row: Row): AppendedFileRow {
  return {
    packet: text(row, 'packet'),
    fileIndex: integer(row, 'file_index'),
    state: word(row, 'state', ['adding', 'done', 'failed']),
    nextRecord: integer(row, 'next_record'),
    rowsBefore: integer(row, 'rows_before'),
    added: integer(row, 'added'),
    refused: integer(row, 'refused'),
    atMs: integer(row, 'at_ms'),
  };
}

export function createAppendsTable(db: DatabaseSync): AppendsTable {
  const waiting = statement(
    db,
    `SELECT in_packets.file_name AS packet, in_files.file_index AS file_index, sender, path, target_path
     FROM in_files JOIN in_packets ON in_packets.file_name = in_files.file_name
     LEFT JOIN appended_files ON appended_files.packet = in_files.file_name
       AND appended_files.file_index = in_files.file_index
     WHERE channel = :channel AND in_packets.state = 'applied' AND result = 'placed' AND received_ms >= :sinceMs
       AND (appended_files.state IS NULL OR appended_files.state = 'adding')
     ORDER BY in_packets.position, in_files.file_index`,
  );
  const get = statement(
    db,
    'SELECT * FROM appended_files WHERE packet = :packet AND file_index = :fileIndex',
  );
  const put = statement(
    db,
    `INSERT INTO appended_files (packet, file_index, state, next_record, rows_before, added, refused, at_ms)
     VALUES (:packet, :fileIndex, :state, :nextRecord, :rowsBefore, :added, :refused, :atMs)
     ON CONFLICT (packet, file_index) DO UPDATE SET state = excluded.state, next_record = excluded.next_record,
       rows_before = excluded.rows_before, added = excluded.added, refused = excluded.refused, at_ms = excluded.at_ms`,
  );
  return {
    waiting: (channel, sinceMs) =>
      waiting.all({ channel, sinceMs }).map((row) => ({
        packet: text(row, 'packet'),
        fileIndex: integer(row, 'file_index'),
        from: site(row, 'sender'),
        path: text(row, 'path'),
        targetPath: text(row, 'target_path'),
      })),
    get: (packet, fileIndex) => oneOrNone(get.one({ packet, fileIndex }), readAppended),
    put: ({ packet, fileIndex, state, nextRecord, rowsBefore, added, refused, atMs }) => {
      put.run({ packet, fileIndex, state, nextRecord, rowsBefore, added, refused, atMs });
    },
  };
}
