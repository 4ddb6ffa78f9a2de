import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  optionalInteger,
  optionalText,
  orNull,
  type Row,
  text,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { ConnectionRow, ConnectionTable } from './alertTables.ts';

const unknown: ConnectionRow = {
  failures: 0,
  lastMessage: '',
  lastFailureMs: undefined,
  suspended: undefined,
  held: undefined,
  lastLoginMs: undefined,
};

function readConnection(row: Row): ConnectionRow {
  const untilMs = optionalInteger(row, 'until_ms');
  const code = optionalText(row, 'held_code');
  return {
    failures: integer(row, 'failures'),
    lastMessage: text(row, 'last_message'),
    lastFailureMs: optionalInteger(row, 'last_failure_ms'),
    suspended: untilMs === undefined ? undefined : { sinceMs: integer(row, 'suspended_ms'), untilMs },
    held:
      code === undefined
        ? undefined
        : { code, message: text(row, 'held_message'), sinceMs: integer(row, 'held_ms') },
    lastLoginMs: optionalInteger(row, 'last_login_ms'),
  };
}

export function createConnectionTable(db: DatabaseSync): ConnectionTable {
  const get = statement(db, 'SELECT * FROM connection WHERE id = 1');
  const put = statement(
    db,
    `INSERT OR REPLACE INTO connection (id, failures, last_message, last_failure_ms, suspended_ms, until_ms,
       held_code, held_message, held_ms, last_login_ms)
     VALUES (1, :failures, :lastMessage, :lastFailureMs, :suspendedMs, :untilMs, :heldCode, :heldMessage, :heldMs,
       :lastLoginMs)`,
  );
  return {
    get() {
      const row = get.one();
      return row === undefined ? unknown : readConnection(row);
    },
    put({ suspended, held, ...row }) {
      put.run({
        failures: row.failures,
        lastMessage: row.lastMessage,
        lastFailureMs: orNull(row.lastFailureMs),
        suspendedMs: orNull(suspended?.sinceMs),
        untilMs: orNull(suspended?.untilMs),
        heldCode: orNull(held?.code),
        heldMessage: orNull(held?.message),
        heldMs: orNull(held?.sinceMs),
        lastLoginMs: orNull(row.lastLoginMs),
      });
    },
  };
}
