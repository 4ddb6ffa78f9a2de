import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { storeNumberSchema } from '../../shared/sites.ts';
import type { Clock } from '../platform/clock.ts';
import { plainDatabaseError } from '../platform/sqlite/databaseErrors.ts';
import { openDatabase } from '../platform/sqlite/openDatabase.ts';
import { type AttachmentsTable, createAttachmentsTable, type StoredRow } from './attachmentsTable.ts';
import type { AttachmentRow, AttachRequest, CustomerFiles, CustomerRef } from './customerFiles.ts';
import { customerFilesKind } from './customerFilesKind.ts';
import { createCustomersTable } from './customersTable.ts';
import { createForwardsTable } from './forwardsTable.ts';
import { placeAttachment } from './placeAttachment.ts';
import { safeName, withMark } from './storedName.ts';
import { createUnidentifiedTable } from './unidentifiedTable.ts';

export interface CustomerFilesParts {
  /** Absolute path of `customer-files.db`; its folder exists. */
  readonly path: string;
  /** Absolute path of the attachments folder. */
  readonly attachments: string;
  readonly clock: Clock;
}

/**
 * Opens the index of customers' files.
 *
 * Errors: those of openDatabase.
 */
export function openCustomerFiles({ path, attachments, clock }: CustomerFilesParts): CustomerFiles {
  const place = { kind: customerFilesKind, path };
  const db = openDatabase(place, clock);
  const rows = createAttachmentsTable(db);
  const customers = createCustomersTable(db);
  const forwards = createForwardsTable(db);
  const unidentified = createUnidentifiedTable(db);
  mkdirSync(attachments, { recursive: true });

  const write = <T>(work: () => T): T => {
    try {
      db.exec('BEGIN IMMEDIATE');
      const value = work();
      db.exec('COMMIT');
      return value;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw plainDatabaseError(error, place);
    }
  };
  const pathOf = (row: AttachmentRow) => join(attachments, ...row.storedPath.split('/'));

  return {
    async attach(request) {
      const { customer, localPath, sha256 } = request;
      const known = rows.byContent(customer, sha256);
      const row = known ?? write(() => addIntent(rows, attachments, request, clock.now()));
      const again = row.state === 'attached';
      // A person may have deleted an attachment from the folder: then this is how it comes back.
      if (!again || !existsSync(pathOf(row))) await placeAttachment(localPath, attachments, pathOf(row));
      const attachedMs = again ? row.attachedMs : clock.now();
      write(() => {
        if (!again) {
          rows.finish(row.id, attachedMs);
          customers.attached(customer, attachedMs);
          const store = storeNumberSchema.safeParse(customer.store);
          if (request.folder.forwardChannel !== undefined && store.success)
            forwards.add(row.id, request.folder.forwardChannel, store.data);
        }
        unidentified.withdraw(request.claimId);
        if (request.resolves !== undefined)
          unidentified.set(request.resolves, { state: 'attached', pending: 'remove' });
      });
      return { attachment: { ...row, attachedMs }, again };
    },
    customers: ({ search, offset, limit }) => ({
      rows: customers.page(search, offset, limit),
      total: customers.total(search),
    }),
    customer: (ref) => customers.get(ref),
    filesOf: (ref) => rows.ofCustomer(ref),
    attachment: (id) => rows.byId(id),
    pathOf,
    forwards: () =>
      forwards.open().flatMap(({ attachmentId, ...forward }) => {
        const attachment = rows.byId(attachmentId);
        return attachment === undefined ? [] : [{ attachment, ...forward }];
      }),
    setForward: (id, state) => write(() => forwards.set(id, state)),
    addUnidentified: (file) =>
      write(() => unidentified.add({ ...file, remoteName: undefined, foundMs: clock.now() })),
    setRemoteName: (claimId, remoteName) => write(() => unidentified.setRemote(claimId, remoteName)),
    reconcile(folder, found, complete) {
      const known = unidentified.openIn(folder).filter((row) => row.remoteName !== undefined);
      const names = new Set(known.map((row) => row.remoteName));
      const there = new Set(found.map((entry) => entry.name));
      const fresh = found.filter((entry) => !names.has(entry.name));
      const gone = complete ? known.filter((row) => !there.has(row.remoteName ?? '')) : [];
      if (fresh.length + gone.length === 0) return;
      const foundMs = clock.now();
      write(() => {
        for (const { name, sizeBytes, modifiedMs } of fresh) {
          const stay = { folder, name, remoteName: name, key: '', reason: 'found' } as const;
          unidentified.add({ ...stay, sizeBytes, modifiedMs, foundMs, claimId: undefined });
        }
        for (const row of gone) unidentified.set(row.id, { state: 'gone' });
      });
    },
    unidentified: () => unidentified.open().filter((row) => row.remoteName !== undefined),
    countUnidentified: () => unidentified.count(),
    getUnidentified: (id) => unidentified.get(id),
    pending: () => unidentified.pending(),
    setUnidentified: (id, change) => write(() => unidentified.set(id, change)),
    close: () => db.close(),
  };
}

/** Records where a file is about to stand, before it does. */
function addIntent(
  rows: AttachmentsTable,
  root: string,
  request: AttachRequest,
  attachedMs: number,
): StoredRow {
  const { customer, name, sha256, sizeBytes, modifiedMs, folder, claimId } = request;
  const ref: CustomerRef = { dataset: customer.dataset, customer: customer.customer };
  const version = rows.nextVersion(ref, name);
  const storedPath = freePlace(rows, root, ref, name, version);
  const row = { ...ref, name, sha256, sizeBytes, modifiedMs, storedPath, source: folder.path, attachedMs };
  return { ...row, id: rows.add(version, { ...row, claimId }), version, state: 'storing' };
}

/** A place that neither the index nor the disk has yet: `customers/101/N123456.pdf`. */
function freePlace(
  rows: AttachmentsTable,
  root: string,
  { dataset, customer }: CustomerRef,
  name: string,
  version: number,
): string {
  const folder = `${safeName(dataset)}/${safeName(customer)}`;
  const plain = safeName(name);
  const first = version === 1 ? plain : withMark(plain, `v${version}`);
  for (let number = 1; ; number += 1) {
    const candidate = `${folder}/${number === 1 ? first : withMark(first, String(number))}`;
    if (!rows.isPlaceTaken(candidate) && !existsSync(join(root, ...candidate.split('/')))) return candidate;
  }
}
