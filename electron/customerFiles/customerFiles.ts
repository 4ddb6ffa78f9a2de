import type { DropFolderSettings } from '../../shared/dropFolderSettings.ts';

/** A customer, by the key of its row. */
export interface CustomerRef {
  readonly dataset: string;
  /** The value of the dataset's key. */
  readonly customer: string;
}

/** A customer as found in the records. */
export interface FoundCustomer extends CustomerRef {
  /** Name for people. */
  readonly label: string;
  /** The value of the column that file names are matched with. */
  readonly number: string;
  /** The store it belongs to, as written; undefined where no column says so, or it is empty. */
  readonly store: string | undefined;
}

export interface CustomerRow extends CustomerRef {
  readonly label: string;
  readonly number: string;
  readonly files: number;
  readonly lastMs: number;
}

export interface AttachmentRow extends CustomerRef {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number | undefined;
  /** Below the attachments folder, `/` between parts. */
  readonly storedPath: string;
  readonly source: string;
  readonly attachedMs: number;
}

export interface ForwardRow {
  readonly attachment: AttachmentRow;
  readonly channel: string;
  readonly store: string;
  /** `placing` is an intent: it may be in the outgoing folder already, or on its way. */
  readonly state: 'due' | 'placing';
}

export type UnidentifiedReason = 'no-key' | 'no-match' | 'several' | 'no-id' | 'found';

export interface UnidentifiedRow {
  readonly id: number;
  /** The drop folder's path. */
  readonly folder: string;
  readonly name: string;
  /** Its name in the folder `unidentified`; undefined while it is on its way there. */
  readonly remoteName: string | undefined;
  readonly key: string;
  readonly reason: UnidentifiedReason;
  readonly sizeBytes: number | undefined;
  readonly modifiedMs: number | undefined;
  readonly foundMs: number;
  readonly state: 'open' | 'attached' | 'put-back' | 'deleted' | 'gone';
  /** What is still to be done on the FTP site. */
  readonly pending: '' | 'remove' | 'put-back';
  readonly putBackAs: string;
}

export interface AttachRequest {
  readonly customer: FoundCustomer;
  readonly name: string;
  /** It is moved away from here. */
  readonly localPath: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly modifiedMs: number | undefined;
  /** The drop folder, which says whether the file is sent on. */
  readonly folder: DropFolderSettings;
  readonly claimId: string;
  /** Recorded in the same transaction: this unidentified file is resolved, and has to leave the FTP site. */
  readonly resolves?: number;
}

/** What attaching came to; `again`: the customer has this very content already. */
export interface Attached {
  readonly attachment: AttachmentRow;
  readonly again: boolean;
}

/**
 * Customers' files: the files in the attachments folder, and the index of them.
 *
 * Promise: an attachment is on the disk for good before the index has it, and the index before `attach` resolves.
 *          The same content twice for one customer is one attachment; new content under a name that the customer has
 *          is a new version of it. A kill at any moment leaves nothing half-attached.
 * Units:   epoch milliseconds UTC; bytes.
 */
export interface CustomerFiles {
  /** Errors: full: disk-full; fix: data-dir-not-writable. */
  attach(request: AttachRequest): Promise<Attached>;
  /** Customers with files, the last attached first. */
  customers(query: { readonly search: string; readonly offset: number; readonly limit: number }): {
    readonly rows: CustomerRow[];
    readonly total: number;
  };
  customer(ref: CustomerRef): CustomerRow | undefined;
  /** All versions, by name, the newest first. */
  filesOf(ref: CustomerRef): AttachmentRow[];
  attachment(id: number): AttachmentRow | undefined;
  /** Absolute path of an attachment's file. */
  pathOf(attachment: AttachmentRow): string;

  forwards(): ForwardRow[];
  setForward(attachmentId: number, state: 'placing' | 'done'): void;

  /** Records a file that nobody was found for; does nothing for a claim that was recorded before. */
  addUnidentified(
    file: Pick<UnidentifiedRow, 'folder' | 'name' | 'key' | 'reason' | 'sizeBytes' | 'modifiedMs'> & {
      readonly claimId: string;
    },
  ): void;
  /** Says where it lies now. */
  setRemoteName(claimId: string, remoteName: string): void;
  /** Brings what is known of a folder's `unidentified` up to what was found in it. `complete`: what is not found is gone. */
  reconcile(
    folder: string,
    found: readonly {
      readonly name: string;
      readonly sizeBytes: number | undefined;
      readonly modifiedMs: number | undefined;
    }[],
    complete: boolean,
  ): void;
  /** Open ones, the newest first. */
  unidentified(): UnidentifiedRow[];
  countUnidentified(): number;
  getUnidentified(id: number): UnidentifiedRow | undefined;
  /** Ones with something still to be done on the FTP site. */
  pending(): UnidentifiedRow[];
  setUnidentified(
    id: number,
    change: Partial<Pick<UnidentifiedRow, 'state' | 'pending' | 'putBackAs'>>,
  ): void;
  close(): void;
}
