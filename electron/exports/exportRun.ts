import type { ExportMark, PendingExport } from '../../shared/exportState.ts';
import type { ExportSettings } from '../../shared/exportsSettings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Records } from '../records/records.ts';
import type { TransportPool } from '../transport/transport.ts';

/** What is remembered of an export between runs. Every change is durable when it returns. */
export interface ExportMemory {
  mark(): ExportMark | undefined;
  pending(): PendingExport | undefined;
  /** Names of the latest files, which partners may have taken already. */
  recentNames(): readonly string[];
  /** A file is about to be uploaded, or renamed. */
  intend(pending: PendingExport): void;
  /** The pending file is visible: its mark counts from now on. */
  published(): void;
  /** The pending file never was visible, and never will be. */
  forget(): void;
  /** Nothing had changed: this is covered all the same. */
  covered(mark: ExportMark): void;
}

export interface ExportProgress {
  readonly what: 'settling' | 'reading' | 'uploading' | 'tidying';
  readonly rows: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** One run of one export. */
export interface ExportRun {
  readonly runId: string;
  readonly settings: ExportSettings;
  readonly records: Records;
  readonly pool: TransportPool;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly memory: ExportMemory;
  /** Local path of the file while it is made and uploaded; nothing else writes there. */
  readonly localPath: string;
  /** Write all rows, whatever was exported before. */
  readonly complete: boolean;
  onProgress(progress: ExportProgress): void;
}

export interface ExportOutcome {
  /** `empty`: nothing has changed since the last file, so none was written. */
  readonly outcome: 'done' | 'empty';
  readonly rows: number;
  readonly sizeBytes: number;
  readonly fileName: string | undefined;
  /** Names of old files that were removed. */
  readonly removed: readonly string[];
  /** For people, in plain words. */
  readonly notes: readonly string[];
}
