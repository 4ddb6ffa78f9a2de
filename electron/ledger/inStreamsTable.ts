import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  jsonOrNull,
  oneOrNone,
  optionalJson,
  type Row,
  text,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { InStreamRow, InStreamsTable } from './ledger.ts';
import { addressee, site } from './rowReader.ts';

function readStream(row: Row): InStreamRow {
  return {
    streamId: text(row, 'stream_id'),
    from: site(row, 'sender'),
    to: addressee(row, 'addressee'),
    appliedThrough: integer(row, 'applied_through'),
    firstSeenMs: integer(row, 'first_seen_ms'),
    missing: optionalJson<InStreamRow['missing']>(row, 'missing') ?? [],
    asked: optionalJson<NonNullable<InStreamRow['asked']>>(row, 'asked'),
  };
}

export function createInStreamsTable(db: DatabaseSync): InStreamsTable {
  const get = statement(db, 'SELECT * FROM in_streams WHERE stream_id = :streamId');
  const of = statement(
    db,
    'SELECT * FROM in_streams WHERE sender = :from AND addressee = :to ORDER BY stream_id',
  );
  const all = statement(db, 'SELECT * FROM in_streams ORDER BY sender, addressee, stream_id');
  const put = statement(
    db,
    `INSERT INTO in_streams (stream_id, sender, addressee, applied_through, first_seen_ms, missing, asked)
     VALUES (:streamId, :from, :to, :appliedThrough, :firstSeenMs, :missing, :asked)
     ON CONFLICT (stream_id) DO UPDATE SET sender = excluded.sender, addressee = excluded.addressee,
       applied_through = excluded.applied_through, first_seen_ms = excluded.first_seen_ms,
       missing = excluded.missing, asked = excluded.asked`,
  );
  return {
    get: (streamId) => oneOrNone(get.one({ streamId }), readStream),
    of: (from, to) => of.all({ from, to }).map(readStream),
    all: () => all.all().map(readStream),
    put: ({ missing, asked, ...stream }) => {
      put.run({ ...stream, missing: JSON.stringify(missing), asked: jsonOrNull(asked) });
    },
  };
}
