/** What an export's published files cover, set by set: all rows of this edition that changed before `untilMs`. */
export interface ExportMark {
  readonly dataset: string;
  readonly sets: Readonly<Record<string, { readonly editionId: string; readonly untilMs: number }>>;
}

/** A file on its way to the FTP site: recorded before it is uploaded, and again before it is renamed. */
export interface PendingExport {
  readonly runId: string;
  readonly folder: string;
  readonly fileName: string;
  /** Where it is uploaded, relative to the home directory. */
  readonly uploadPath: string;
  /** `renaming`: the upload is complete, and the rename may have happened. */
  readonly stage: 'uploading' | 'renaming';
  readonly sizeBytes: number;
  readonly rows: number;
  /** The export's mark once the file is visible. */
  readonly mark: ExportMark;
}
