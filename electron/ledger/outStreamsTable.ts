import type { DatabaseSync } from 'node:sqlite';
import { integer, oneOrNone, type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { OutStream, OutStreamsTable } from './ledger.ts';
import { addressee } from './rowReader.ts';

function readStream(row: Row): OutStream {
  return {
    to: addressee(row, 'addressee'),
    streamId: text(row, 'stream_id'),
    nextSequence: integer(row, 'next_sequence'),
  };
}

export function createOutStreamsTable(db: DatabaseSync): OutStreamsTable {
  const get = statement(db, 'SELECT * FROM out_streams WHERE addressee = :to');
  const all = statement(db, 'SELECT * FROM out_streams ORDER BY addressee');
  const put = statement(
    db,
    `INSERT INTO out_streams (addressee, stream_id, next_sequence) VALUES (:to, :streamId, :nextSequence)
     ON CONFLICT (addressee) DO UPDATE SET stream_id = excluded.stream_id, next_sequence = excluded.next_sequence`,
  );
  return {
    get: (to) => oneOrNone(get.one({ to }), readStream),
    all: () => all.all().map(readStream),
    put: ({ to, streamId, nextSequence }) => {
      put.run({ to, streamId, nextSequence });
    },
  };
}
