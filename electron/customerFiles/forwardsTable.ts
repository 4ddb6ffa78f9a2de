import type { DatabaseSync } from 'node:sqlite';
import { integer, text, word } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';

/** Files to be sent on to the store they belong to. */
export function createForwardsTable(db: DatabaseSync) {
  const add = statement(
    db,
    `INSERT INTO forwards (attachment_id, channel, store, state) VALUES (:attachmentId, :channel, :store, 'due')
     ON CONFLICT (attachment_id) DO NOTHING`,
  );
  const open = statement(db, "SELECT * FROM forwards WHERE state <> 'done' ORDER BY attachment_id");
  const set = statement(db, 'UPDATE forwards SET state = :state WHERE attachment_id = :attachmentId');
  return {
    add: (attachmentId: number, channel: string, store: string) => {
      add.run({ attachmentId, channel, store });
    },
    open: () =>
      open.all().map((row) => ({
        attachmentId: integer(row, 'attachment_id'),
        channel: text(row, 'channel'),
        store: text(row, 'store'),
        state: word(row, 'state', ['due', 'placing']),
      })),
    set: (attachmentId: number, state: 'placing' | 'done') =>
      set.runOnOne('forward', { attachmentId, state }),
  };
}
