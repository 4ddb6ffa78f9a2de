import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  jsonOrNull,
  optionalInteger,
  optionalJson,
  orNull,
  type Row,
  text,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { DropClaimRow, DropFoldersTable, DropLookRow } from './ledger.ts';

function readLook(row: Row): DropLookRow {
  return {
    folder: text(row, 'folder'),
    name: text(row, 'name'),
    sizeBytes: integer(row, 'size_bytes'),
    modifiedMs: optionalInteger(row, 'modified_ms'),
    unchangedSinceMs: integer(row, 'unchanged_since_ms'),
  };
}

function readClaim(row: Row): DropClaimRow {
  return {
    ...readLook(row),
    claim: text(row, 'claim'),
    claimedName: text(row, 'claimed_name'),
    round: integer(row, 'round'),
    settlement: optionalJson(row, 'settlement'),
  };
}

export function createDropFoldersTable(db: DatabaseSync): DropFoldersTable {
  const looks = statement(db, 'SELECT * FROM drop_looks WHERE folder = :folder ORDER BY name');
  const putLook = statement(
    db,
    `INSERT INTO drop_looks (folder, name, size_bytes, modified_ms, unchanged_since_ms)
     VALUES (:folder, :name, :sizeBytes, :modifiedMs, :unchangedSinceMs)
     ON CONFLICT (folder, name) DO UPDATE SET size_bytes = excluded.size_bytes,
       modified_ms = excluded.modified_ms, unchanged_since_ms = excluded.unchanged_since_ms`,
  );
  const removeLook = statement(db, 'DELETE FROM drop_looks WHERE folder = :folder AND name = :name');
  const allClaims = statement(db, 'SELECT * FROM drop_claims ORDER BY unchanged_since_ms, claim');
  const claims = statement(
    db,
    'SELECT * FROM drop_claims WHERE folder = :folder ORDER BY unchanged_since_ms, claim',
  );
  const putClaim = statement(
    db,
    `INSERT INTO drop_claims (claim, folder, name, claimed_name, size_bytes, modified_ms, unchanged_since_ms,
       round, settlement)
     VALUES (:claim, :folder, :name, :claimedName, :sizeBytes, :modifiedMs, :unchangedSinceMs, :round,
       :settlement)
     ON CONFLICT (claim) DO UPDATE SET folder = excluded.folder, name = excluded.name,
       claimed_name = excluded.claimed_name, size_bytes = excluded.size_bytes,
       modified_ms = excluded.modified_ms, unchanged_since_ms = excluded.unchanged_since_ms,
       round = excluded.round, settlement = excluded.settlement`,
  );
  const removeClaim = statement(db, 'DELETE FROM drop_claims WHERE claim = :claim');
  return {
    looks: (folder) => looks.all({ folder }).map(readLook),
    putLook: ({ modifiedMs, ...look }) => {
      putLook.run({ ...look, modifiedMs: orNull(modifiedMs) });
    },
    removeLook: (folder, name) => {
      removeLook.run({ folder, name });
    },
    claims: (folder) => (folder === undefined ? allClaims.all() : claims.all({ folder })).map(readClaim),
    putClaim: ({ modifiedMs, settlement, ...claim }) => {
      putClaim.run({ ...claim, modifiedMs: orNull(modifiedMs), settlement: jsonOrNull(settlement) });
    },
    removeClaim: (claim) => {
      removeClaim.run({ claim });
    },
  };
}
