import type { DatabaseSync } from 'node:sqlite';
import {
  flag,
  integer,
  oneOrNone,
  optionalInteger,
  optionalText,
  orNull,
  type Row,
  text,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { SiteRow, SitesTable } from './ledger.ts';
import { site } from './rowReader.ts';

function readSite(row: Row): SiteRow {
  return {
    name: site(row, 'name'),
    guid: optionalText(row, 'guid'),
    label: text(row, 'label'),
    firstSeenMs: integer(row, 'first_seen_ms'),
    lastReceiptNumber: integer(row, 'last_receipt_number'),
    lastReceiptMs: optionalInteger(row, 'last_receipt_ms'),
    lastReceiptMade: integer(row, 'last_receipt_made'),
    welcomed: flag(row, 'welcomed'),
    allStartsAt: optionalInteger(row, 'all_starts_at'),
    version: optionalText(row, 'version'),
  };
}

export function createSitesTable(db: DatabaseSync): SitesTable {
  const get = statement(db, 'SELECT * FROM sites WHERE name = :name');
  const all = statement(db, 'SELECT * FROM sites ORDER BY name');
  const put = statement(
    db,
    `INSERT INTO sites (name, guid, label, first_seen_ms, last_receipt_number, last_receipt_ms,
       last_receipt_made, welcomed, all_starts_at, version)
     VALUES (:name, :guid, :label, :firstSeenMs, :lastReceiptNumber, :lastReceiptMs,
       :lastReceiptMade, :welcomed, :allStartsAt, :version)
     ON CONFLICT (name) DO UPDATE SET guid = excluded.guid, label = excluded.label,
       first_seen_ms = excluded.first_seen_ms, last_receipt_number = excluded.last_receipt_number,
       last_receipt_ms = excluded.last_receipt_ms, last_receipt_made = excluded.last_receipt_made,
       welcomed = excluded.welcomed, all_starts_at = excluded.all_starts_at, version = excluded.version`,
  );
  return {
    get: (name) => oneOrNone(get.one({ name }), readSite),
    all: () => all.all().map(readSite),
    put: (row) => {
      put.run({
        name: row.name,
        guid: orNull(row.guid),
        label: row.label,
        firstSeenMs: row.firstSeenMs,
        lastReceiptNumber: row.lastReceiptNumber,
        lastReceiptMs: orNull(row.lastReceiptMs),
        lastReceiptMade: row.lastReceiptMade,
        welcomed: Number(row.welcomed),
        allStartsAt: orNull(row.allStartsAt),
        version: orNull(row.version),
      });
    },
  };
}
