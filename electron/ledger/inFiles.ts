import type { DatabaseSync } from 'node:sqlite';
import { integer, optionalText, orNull, type Row, text, word } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { InFileRow, InPacketsTable } from './ledger.ts';
import { channel } from './rowReader.ts';

function readFile(row: Row): InFileRow {
  return {
    channel: channel(row, 'channel'),
    path: text(row, 'path'),
    sizeBytes: integer(row, 'size_bytes'),
    sha256: text(row, 'sha256'),
    modifiedMs: integer(row, 'modified_ms'),
    stagedName: text(row, 'staged_name'),
    targetPath: optionalText(row, 'target_path'),
    result: word(row, 'result', ['pending', 'placed', 'refused']),
  };
}

/** The part of the incoming packets' table that keeps their files. */
export function createInFiles(db: DatabaseSync): Pick<InPacketsTable, 'setFiles' | 'files'> {
  const clear = statement(db, 'DELETE FROM in_files WHERE file_name = :fileName');
  const add = statement(
    db,
    `INSERT INTO in_files (file_name, file_index, channel, path, size_bytes, sha256, modified_ms, staged_name,
       target_path, result)
     VALUES (:fileName, :index, :channel, :path, :sizeBytes, :sha256, :modifiedMs, :stagedName,
       :targetPath, :result)`,
  );
  const files = statement(db, 'SELECT * FROM in_files WHERE file_name = :fileName ORDER BY file_index');
  return {
    setFiles: (fileName, rows) => {
      clear.run({ fileName });
      for (const [index, { targetPath, ...file }] of rows.entries()) {
        add.run({
          fileName,
          index,
          channel: file.channel,
          path: file.path,
          sizeBytes: file.sizeBytes,
          sha256: file.sha256,
          modifiedMs: file.modifiedMs,
          stagedName: file.stagedName,
          targetPath: orNull(targetPath),
          result: file.result,
        });
      }
    },
    files: (fileName) => files.all({ fileName }).map(readFile),
  };
}
