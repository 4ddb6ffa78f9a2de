import type { ErrorReport } from '../../shared/errors.ts';
import type { ExportMark, PendingExport } from '../../shared/exportState.ts';
import type { SiteName } from '../../shared/sites.ts';

export interface ExportRow {
  readonly name: string;
  readonly sinceMs: number;
  readonly mark: ExportMark | undefined;
  readonly pending: PendingExport | undefined;
}

export interface ExportRunRow {
  readonly runId: string;
  readonly name: string;
  readonly startedBy: string;
  readonly startedMs: number;
  readonly endedMs: number | undefined;
  readonly outcome: 'running' | 'done' | 'empty' | 'failed' | 'cancelled' | 'interrupted';
  readonly rows: number;
  readonly sizeBytes: number;
  readonly fileName: string | undefined;
  readonly note: string;
  readonly error: ErrorReport | undefined;
}

export interface ExportsTable {
  get(name: string): ExportRow | undefined;
  put(row: ExportRow): void;
  /** Forgets what was exported; the history stays. */
  remove(name: string): void;
  begin(run: Pick<ExportRunRow, 'runId' | 'name' | 'startedBy' | 'startedMs'>): void;
  end(run: Omit<ExportRunRow, 'name' | 'startedBy' | 'startedMs'>): void;
  /** Marks runs that never ended as interrupted. */
  closeInterrupted(): void;
  run(runId: string): ExportRunRow | undefined;
  /** Newest first; of one export, or of all. */
  runs(limit: number, name?: string): ExportRunRow[];
  /** Forgets runs that began before this. */
  prune(beforeMs: number): void;
}

/** What of a set is sent to stores now. */
export interface SetIssueRow {
  readonly dataset: string;
  readonly set: string;
  readonly issue: number;
  readonly edition: string;
  readonly editionId: string;
  readonly revision: number;
  readonly rows: number;
  /** Rows that were added to the edition or changed in it before this are in the issue. */
  readonly readMs: number;
}

export interface SetSendRow {
  readonly dataset: string;
  readonly set: string;
  readonly site: SiteName;
  readonly issue: number;
  readonly attempt: number;
  readonly target: SiteName | 'all';
  readonly state: 'writing' | 'written';
  readonly sentMs: number;
}

/** An edition as a store's newest receipt says it. */
export interface StoreEditionRow {
  readonly site: SiteName;
  /** `dataset/set`. */
  readonly name: string;
  readonly edition: string | undefined;
  readonly toldMs: number;
}

export interface SetsTable {
  issues(): SetIssueRow[];
  issue(dataset: string, set: string): SetIssueRow | undefined;
  putIssue(row: SetIssueRow): void;
  sends(dataset: string, set: string): SetSendRow[];
  writing(): SetSendRow[];
  putSend(row: SetSendRow): void;
  setWritten(row: Pick<SetSendRow, 'dataset' | 'set' | 'site'>): void;
  /** Forgets all of a set that no store is subscribed to any more. */
  forget(dataset: string, set: string): void;
  /** A store's newest receipt: what it has; undefined where it does not say. */
  told(site: SiteName, editions: Readonly<Record<string, string>> | undefined, nowMs: number): void;
  storeEditions(): StoreEditionRow[];
  /** The newest packet to this addressee that carries this file, where one was made. */
  packetOf(target: string, channel: string, path: string): string | undefined;
}

export interface AppendedFileRow {
  readonly packet: string;
  readonly fileIndex: number;
  readonly state: 'adding' | 'done' | 'failed';
  readonly nextRecord: number;
  readonly rowsBefore: number;
  readonly added: number;
  readonly refused: number;
  readonly atMs: number;
}

/** A file that came in a channel and is to be added to a dataset. */
export interface ArrivedFile {
  readonly packet: string;
  readonly fileIndex: number;
  readonly from: SiteName;
  readonly path: string;
  readonly targetPath: string;
}

export interface AppendsTable {
  /** Files of this channel that were put in place since, and are neither done nor failed; oldest first. */
  waiting(channel: string, sinceMs: number): ArrivedFile[];
  get(packet: string, fileIndex: number): AppendedFileRow | undefined;
  put(row: AppendedFileRow): void;
}
