import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  oneOrNone,
  optionalInteger,
  optionalText,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { CustomerFiles, UnidentifiedRow } from './customerFiles.ts';

function readUnidentified(row: Row): UnidentifiedRow {
  return {
    id: integer(row, 'id'),
    folder: text(row, 'folder'),
    name: text(row, 'name'),
    remoteName: optionalText(row, 'remote_name'),
    key: text(row, 'key'),
    reason: word(row, 'reason', ['no-key', 'no-match', 'several', 'no-id', 'found']),
    sizeBytes: optionalInteger(row, 'size_bytes'),
    modifiedMs: optionalInteger(row, 'modified_ms'),
    foundMs: integer(row, 'found_ms'),
    state: word(row, 'state', ['open', 'attached', 'put-back', 'deleted', 'gone']),
    pending: word(row, 'pending', ['', 'remove', 'put-back']),
    putBackAs: text(row, 'put_back_as'),
  };
}

export type NewUnidentified = Omit<UnidentifiedRow, 'id' | 'state' | 'pending' | 'putBackAs'> & {
  readonly claimId: string | undefined;
};

/** Files that nobody was found for. */
export function createUnidentifiedTable(db: DatabaseSync) {
  const add = statement(
    db,
    `INSERT INTO unidentified (folder, name, remote_name, key, reason, size_bytes, modified_ms, found_ms,
       claim_id, state, pending, put_back_as)
     VALUES (:folder, :name, :remoteName, :key, :reason, :sizeBytes, :modifiedMs, :foundMs, :claimId, 'open',
       '', '')
     ON CONFLICT (claim_id) DO NOTHING`,
  );
  const drop = statement(db, 'DELETE FROM unidentified WHERE claim_id = :claimId AND remote_name IS NULL');
  // A look into the folder may have found it before it was known to have come there.
  const forget = statement(
    db,
    `DELETE FROM unidentified WHERE state = 'open' AND claim_id IS NULL AND remote_name = :remoteName
       AND folder = (SELECT folder FROM unidentified WHERE claim_id = :claimId)`,
  );
  const setRemote = statement(
    db,
    'UPDATE unidentified SET remote_name = :remoteName WHERE claim_id = :claimId',
  );
  const set = statement(
    db,
    'UPDATE unidentified SET state = :state, pending = :pending, put_back_as = :putBackAs WHERE id = :id',
  );
  const open = statement(
    db,
    "SELECT * FROM unidentified WHERE state = 'open' ORDER BY found_ms DESC, id DESC",
  );
  const openIn = statement(db, "SELECT * FROM unidentified WHERE state = 'open' AND folder = :folder");
  const count = statement(db, "SELECT COUNT(*) AS open FROM unidentified WHERE state = 'open'");
  const get = statement(db, 'SELECT * FROM unidentified WHERE id = :id');
  const pending = statement(db, "SELECT * FROM unidentified WHERE pending <> '' ORDER BY id");
  return {
    add: ({ remoteName, sizeBytes, modifiedMs, claimId, ...row }: NewUnidentified) => {
      add.run({
        ...row,
        remoteName: orNull(remoteName),
        sizeBytes: orNull(sizeBytes),
        modifiedMs: orNull(modifiedMs),
        claimId: orNull(claimId),
      });
    },
    /** A file that was to be moved to `unidentified` was attached after all. */
    withdraw: (claimId: string) => {
      drop.run({ claimId });
    },
    setRemote: (claimId: string, remoteName: string) => {
      forget.run({ claimId, remoteName });
      setRemote.run({ claimId, remoteName });
    },
    set: (id: number, change: Parameters<CustomerFiles['setUnidentified']>[1]) => {
      const before = oneOrNone(get.one({ id }), readUnidentified);
      if (before === undefined) return;
      const { state, pending: todo, putBackAs } = { ...before, ...change };
      set.run({ id, state, pending: todo, putBackAs });
    },
    open: () => open.all().map(readUnidentified),
    openIn: (folder: string) => openIn.all({ folder }).map(readUnidentified),
    count: () => integer(count.one() ?? {}, 'open'),
    get: (id: number) => oneOrNone(get.one({ id }), readUnidentified),
    pending: () => pending.all().map(readUnidentified),
  };
}
