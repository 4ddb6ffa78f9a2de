import type { DatabaseSync } from 'node:sqlite';
import { flag, integer, type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { SeenFileRow, SeenFilesTable } from './ledger.ts';

function readSeenFile(row: Row): SeenFileRow {
  return {
    path: text(row, 'path'),
    sizeBytes: integer(row, 'size_bytes'),
    modifiedNs: text(row, 'modified_ns'),
    inode: text(row, 'inode'),
    unchangedSinceMs: integer(row, 'unchanged_since_ms'),
    packed: flag(row, 'packed'),
  };
}

export function createSeenFilesTable(db: DatabaseSync): SeenFilesTable {
  const all = statement(db, 'SELECT * FROM seen_files ORDER BY path');
  const put = statement(
    db,
    `INSERT INTO seen_files (path, size_bytes, modified_ns, inode, unchanged_since_ms, packed)
     VALUES (:path, :sizeBytes, :modifiedNs, :inode, :unchangedSinceMs, :packed)
     ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns,
       inode = excluded.inode, unchanged_since_ms = excluded.unchanged_since_ms, packed = excluded.packed`,
  );
  const remove = statement(db, 'DELETE FROM seen_files WHERE path = :path');
  return {
    all: () => all.all().map(readSeenFile),
    put: ({ packed, ...file }) => {
      put.run({ ...file, packed: Number(packed) });
    },
    remove: (path) => {
      remove.run({ path });
    },
  };
}
