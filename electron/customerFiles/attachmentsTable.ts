import type { DatabaseSync } from 'node:sqlite';
import { integer, oneOrNone, optionalInteger, orNull, type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { AttachmentRow, CustomerRef } from './customerFiles.ts';
import { fold } from './storedName.ts';

/** An attachment with what only the room itself needs to know. */
export interface StoredRow extends AttachmentRow {
  /** `storing` is an intent: the file may not be in its place yet. */
  readonly state: 'storing' | 'attached';
}

export interface NewAttachment extends Omit<AttachmentRow, 'id' | 'version'> {
  readonly claimId: string;
}

function readAttachment(row: Row): StoredRow {
  return {
    id: integer(row, 'id'),
    dataset: text(row, 'dataset'),
    customer: text(row, 'customer'),
    name: text(row, 'name'),
    version: integer(row, 'version'),
    sha256: text(row, 'sha256'),
    sizeBytes: integer(row, 'size_bytes'),
    modifiedMs: optionalInteger(row, 'modified_ms'),
    storedPath: text(row, 'stored_path'),
    source: text(row, 'source'),
    attachedMs: integer(row, 'attached_ms'),
    state: text(row, 'state') === 'attached' ? 'attached' : 'storing',
  };
}

export type AttachmentsTable = ReturnType<typeof createAttachmentsTable>;

export function createAttachmentsTable(db: DatabaseSync) {
  const byContent = statement(
    db,
    'SELECT * FROM attachments WHERE dataset = :dataset AND customer = :customer AND sha256 = :sha256',
  );
  const byId = statement(db, "SELECT * FROM attachments WHERE id = :id AND state = 'attached'");
  const ofCustomer = statement(
    db,
    `SELECT * FROM attachments WHERE dataset = :dataset AND customer = :customer AND state = 'attached'
     ORDER BY name_key, version DESC`,
  );
  const lastVersion = statement(
    db,
    `SELECT COALESCE(MAX(version), 0) AS version FROM attachments
     WHERE dataset = :dataset AND customer = :customer AND name_key = :nameKey`,
  );
  const byPlace = statement(db, 'SELECT 1 AS taken FROM attachments WHERE stored_key = :storedKey');
  const add = statement(
    db,
    `INSERT INTO attachments (dataset, customer, name, name_key, version, sha256, size_bytes, modified_ms,
       stored_path, stored_key, source, claim_id, state, attached_ms)
     VALUES (:dataset, :customer, :name, :nameKey, :version, :sha256, :sizeBytes, :modifiedMs, :storedPath,
       :storedKey, :source, :claimId, 'storing', :attachedMs)`,
  );
  const finish = statement(
    db,
    "UPDATE attachments SET state = 'attached', attached_ms = :attachedMs WHERE id = :id",
  );
  return {
    byContent: ({ dataset, customer }: CustomerRef, sha256: string) =>
      oneOrNone(byContent.one({ dataset, customer, sha256 }), readAttachment),
    byId: (id: number) => oneOrNone(byId.one({ id }), readAttachment),
    ofCustomer: ({ dataset, customer }: CustomerRef) =>
      ofCustomer.all({ dataset, customer }).map(readAttachment),
    nextVersion: ({ dataset, customer }: CustomerRef, name: string) =>
      1 + integer(lastVersion.one({ dataset, customer, nameKey: fold(name) }) ?? {}, 'version'),
    isPlaceTaken: (storedPath: string) => byPlace.one({ storedKey: fold(storedPath) }) !== undefined,
    /** Records an intent; the file is not attached yet. */
    add: (version: number, { modifiedMs, ...row }: NewAttachment): number =>
      add.insert({
        ...row,
        version,
        modifiedMs: orNull(modifiedMs),
        nameKey: fold(row.name),
        storedKey: fold(row.storedPath),
      }),
    finish: (id: number, attachedMs: number) => finish.runOnOne('attachment', { id, attachedMs }),
  };
}
