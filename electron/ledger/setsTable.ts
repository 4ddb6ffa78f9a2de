import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  oneOrNone,
  optionalText,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { SetIssueRow, SetSendRow, SetsTable, StoreEditionRow } from './exportRows.ts';
import { site } from './rowReader.ts';

function readIssue(row: Row): SetIssueRow {
  return {
    dataset: text(row, 'dataset'),
    set: text(row, 'set_name'),
    issue: integer(row, 'issue'),
    edition: text(row, 'edition'),
    editionId: text(row, 'edition_id'),
    revision: integer(row, 'revision'),
    rows: integer(row, 'row_count'),
    readMs: integer(row, 'read_ms'),
  };
}

function readSend(row: Row): SetSendRow {
  const target = text(row, 'target');
  return {
    dataset: text(row, 'dataset'),
    set: text(row, 'set_name'),
    site: site(row, 'site'),
    issue: integer(row, 'issue'),
    attempt: integer(row, 'attempt'),
    target: target === 'all' ? target : site(row, 'target'),
    state: word(row, 'state', ['writing', 'written']),
    sentMs: integer(row, 'sent_ms'),
  };
}

function readStoreEdition(row: Row): StoreEditionRow {
  return {
    site: site(row, 'site'),
    name: text(row, 'name'),
    edition: optionalText(row, 'edition'),
    toldMs: integer(row, 'told_ms'),
  };
}

export function createSetsTable(db: DatabaseSync): SetsTable {
  const issues = statement(db, 'SELECT * FROM set_issues ORDER BY dataset, set_name');
  const issue = statement(db, 'SELECT * FROM set_issues WHERE dataset = :dataset AND set_name = :set');
  const putIssue = statement(
    db,
    `INSERT INTO set_issues (dataset, set_name, issue, edition, edition_id, revision, row_count, read_ms)
     VALUES (:dataset, :set, :issue, :edition, :editionId, :revision, :rows, :readMs)
     ON CONFLICT (dataset, set_name) DO UPDATE SET issue = excluded.issue, edition = excluded.edition,
       edition_id = excluded.edition_id, revision = excluded.revision, row_count = excluded.row_count,
       read_ms = excluded.read_ms`,
  );
  const sends = statement(
    db,
    'SELECT * FROM set_sends WHERE dataset = :dataset AND set_name = :set ORDER BY site',
  );
  const writing = statement(db, `SELECT * FROM set_sends WHERE state = 'writing'`);
  const putSend = statement(
    db,
    `INSERT INTO set_sends (dataset, set_name, site, issue, attempt, target, state, sent_ms)
     VALUES (:dataset, :set, :site, :issue, :attempt, :target, :state, :sentMs)
     ON CONFLICT (dataset, set_name, site) DO UPDATE SET issue = excluded.issue, attempt = excluded.attempt,
       target = excluded.target, state = excluded.state, sent_ms = excluded.sent_ms`,
  );
  const setWritten = statement(
    db,
    `UPDATE set_sends SET state = 'written' WHERE dataset = :dataset AND set_name = :set AND site = :site`,
  );
  const forgetIssue = statement(db, 'DELETE FROM set_issues WHERE dataset = :dataset AND set_name = :set');
  const forgetSends = statement(db, 'DELETE FROM set_sends WHERE dataset = :dataset AND set_name = :set');
  // A set that was sent and is not among those told is one that the store does not have; a store that never tells
  // (an older program) has no rows here.
  const toldNone = statement(
    db,
    `INSERT INTO store_editions (site, name, edition, told_ms)
       SELECT site, dataset || '/' || set_name, NULL, :nowMs FROM set_sends WHERE site = :site
     ON CONFLICT (site, name) DO NOTHING`,
  );
  const clear = statement(
    db,
    'UPDATE store_editions SET edition = NULL, told_ms = :nowMs WHERE site = :site',
  );
  const told = statement(
    db,
    `INSERT INTO store_editions (site, name, edition, told_ms) VALUES (:site, :name, :edition, :nowMs)
     ON CONFLICT (site, name) DO UPDATE SET edition = excluded.edition, told_ms = excluded.told_ms`,
  );
  const storeEditions = statement(db, 'SELECT * FROM store_editions ORDER BY site, name');
  const packetOf = statement(
    db,
    `SELECT packets.packet_id AS packet_id FROM packets
     JOIN packet_files ON packet_files.packet_id = packets.packet_id
     WHERE packets.addressee = :target AND channel = :channel AND path = :path
     ORDER BY packets.position DESC LIMIT 1`,
  );
  return {
    issues: () => issues.all().map(readIssue),
    issue: (dataset, set) => oneOrNone(issue.one({ dataset, set }), readIssue),
    putIssue: ({ dataset, set, issue: number, edition, editionId, revision, rows, readMs }) => {
      putIssue.run({ dataset, set, issue: number, edition, editionId, revision, rows, readMs });
    },
    sends: (dataset, set) => sends.all({ dataset, set }).map(readSend),
    writing: () => writing.all().map(readSend),
    putSend: ({ dataset, set, site: store, issue: number, attempt, target, state, sentMs }) => {
      putSend.run({ dataset, set, site: store, issue: number, attempt, target, state, sentMs });
    },
    setWritten: ({ dataset, set, site: store }) => {
      setWritten.runOnOne('set on its way', { dataset, set, site: store });
    },
    forget: (dataset, set) => {
      forgetIssue.run({ dataset, set });
      forgetSends.run({ dataset, set });
    },
    told: (store, editions, nowMs) => {
      clear.run({ site: store, nowMs });
      if (editions === undefined) return;
      toldNone.run({ site: store, nowMs });
      for (const [name, edition] of Object.entries(editions)) {
        told.run({ site: store, name, edition: orNull(edition), nowMs });
      }
    },
    storeEditions: () => storeEditions.all().map(readStoreEdition),
    packetOf: (target, channel, path) =>
      oneOrNone(packetOf.one({ target, channel, path }), (row) => text(row, 'packet_id')),
  };
}
