import type { DatabaseSync } from 'node:sqlite';
import { integer, type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { PacketFileRow, PacketsTable } from './ledger.ts';
import { channel } from './rowReader.ts';

function readFile(row: Row): PacketFileRow {
  return {
    channel: channel(row, 'channel'),
    path: text(row, 'path'),
    sizeBytes: integer(row, 'size_bytes'),
    sha256: text(row, 'sha256'),
    modifiedMs: integer(row, 'modified_ms'),
    sourcePath: text(row, 'source_path'),
    sourceModifiedNs: text(row, 'source_modified_ns'),
    sourceInode: text(row, 'source_inode'),
  };
}

/** The part of the packets table that keeps their files and what remains to be done with their sources. */
export function createPacketFiles(
  db: DatabaseSync,
): Pick<PacketsTable, 'addFiles' | 'files' | 'pendingSources' | 'settleSource'> {
  const count = statement(
    db,
    'SELECT coalesce(max(file_index) + 1, 0) AS next FROM packet_files WHERE packet_id = :packetId',
  );
  const add = statement(
    db,
    `INSERT INTO packet_files (packet_id, file_index, channel, path, size_bytes, sha256, modified_ms,
       source_path, source_modified_ns, source_inode, source_pending)
     VALUES (:packetId, :index, :channel, :path, :sizeBytes, :sha256, :modifiedMs,
       :sourcePath, :sourceModifiedNs, :sourceInode, :sourcePath <> '')`,
  );
  const files = statement(db, 'SELECT * FROM packet_files WHERE packet_id = :packetId ORDER BY file_index');
  const pending = statement(
    db,
    `SELECT packet_files.* FROM packet_files JOIN packets USING (packet_id)
     WHERE source_pending = 1 ORDER BY packets.position, file_index`,
  );
  const settle = statement(
    db,
    'UPDATE packet_files SET source_pending = 0 WHERE packet_id = :packetId AND file_index = :index',
  );
  return {
    addFiles: (packetId, added) => {
      const first = integer(count.one({ packetId }) ?? {}, 'next');
      for (const [offset, file] of added.entries()) {
        add.run({
          packetId,
          index: first + offset,
          channel: file.channel,
          path: file.path,
          sizeBytes: file.sizeBytes,
          sha256: file.sha256,
          modifiedMs: file.modifiedMs,
          sourcePath: file.sourcePath,
          sourceModifiedNs: file.sourceModifiedNs,
          sourceInode: file.sourceInode,
        });
      }
    },
    files: (packetId) => files.all({ packetId }).map(readFile),
    pendingSources: () =>
      pending.all().map((row) => ({
        ...readFile(row),
        packetId: text(row, 'packet_id'),
        index: integer(row, 'file_index'),
      })),
    settleSource: (packetId, index) => {
      settle.runOnOne('file of a packet', { packetId, index });
    },
  };
}
