import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { TransportPool } from '../transport/transport.ts';

/** A folder of the FTP site into which partners put files with whatever FTP client they have. */
export interface DropFolder {
  /** Relative to the home directory: `customerfiles/account_number`. Made when it is missing. */
  readonly path: string;
  /** Whether a file of this name is one to take. Folders in it (`unidentified`, `test`, …) are never looked into. */
  takes(name: string): boolean;
}

/** A file that was taken: claimed on the server, so that nobody else takes it, and downloaded whole. */
export interface TakenFile {
  /** The same for this file after a crash, so that its effect can be recorded once. */
  readonly claimId: string;
  /** As the partner named it. Hostile: it never becomes a local path as it is. */
  readonly name: string;
  /** The drop folder's path. */
  readonly folder: string;
  /** Where it lies here until its effect is durable. `handle` may move it away. */
  readonly localPath: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly modifiedMs: number | undefined;
}

/** What becomes of a taken file on the server, once its effect here is durable. */
export type Settlement =
  | { readonly do: 'remove' }
  /** Into another folder (relative to the home directory), under its own name, with a suffix where that exists. */
  | { readonly do: 'move'; readonly to: string };

export interface DropFolderRun {
  readonly pool: TransportPool;
  /** Remembers what looks saw, and what is claimed. */
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
  /** Local folder for downloads under way; several drop folders may share one. */
  readonly inbox: string;
  /**
   * A file must not have changed for this long (settings: dropFolders.settleSeconds). What was seen is remembered
   * between runs; where it is short, a run waits for it and looks a second time.
   */
  readonly settleSeconds: number;
  note(level: 'info' | 'warning' | 'error', text: string): void;
  /** Called before a file is downloaded. */
  onFile?(name: string, sizeBytes: number): void;
  onBytes?(count: number): void;
  /** Where a moved file lies on the server now. Told before its claim is forgotten, so perhaps again after a crash. */
  onMoved?(claimId: string, path: string): void;
}

export interface TakeResult {
  /** Files whose effect is durable here and that are settled on the server. */
  readonly taken: number;
  /** Files that are still changing, or were seen for too short a time: left for a later run. */
  readonly growing: number;
  /** Files that could not be claimed, or whose handling failed; each was noted. */
  readonly failed: number;
}

/**
 * Takes what partners have put into a folder, one file after the other, the oldest first.
 *
 * Shape:   `handle` makes a file's effect durable here and says what becomes of the file on the server. It may be
 *          called again with the same claimId after a crash. One run at a time for a folder in one process.
 * Promise: a file that is still being uploaded is never taken; two runs never take the same file; a claim that a
 *          crash left is taken up again; nothing is removed from the server before `handle` has resolved. When
 *          `handle` throws, the file stays claimed and is tried again in the next run.
 * Errors:  the transport's, where it is not about a single file (connection, cancelled, no room).
 */
export type TakeFiles = (
  folder: DropFolder,
  run: DropFolderRun,
  handle: (file: TakenFile) => Promise<Settlement>,
) => Promise<TakeResult>;
