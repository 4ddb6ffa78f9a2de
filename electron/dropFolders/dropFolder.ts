import type { Clock } from '../platform/clock.ts';
import type { TransportPool } from '../transport/transport.ts';

/** A folder of the FTP site into which partners put files with whatever FTP client they have. */
export interface DropFolder {
  /** Relative to the home directory: `customerfiles/account_number`. Made when it is missing. */
  readonly path: string;
  /** Names in it that are not files to take: folders of its own (`unidentified`, `test`, …) are never looked into. */
  takes(name: string): boolean;
}

/** A file that was taken: claimed on the server, so that nobody else takes it, and downloaded whole. */
export interface TakenFile {
  /** The same for this file after a crash, so that its effect can be recorded once. */
  readonly claimId: string;
  /** As the partner named it. */
  readonly name: string;
  readonly folder: string;
  /** Where it lies here until its effect is durable. */
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
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Local folder for downloads under way. */
  readonly inbox: string;
  /** A file must not have changed for this long. What was seen is remembered between runs. */
  readonly settleSeconds: number;
  note(level: 'info' | 'warning' | 'error', text: string): void;
  onBytes?(count: number): void;
}

/**
 * Takes what partners have put into a folder, one file after the other.
 *
 * Shape:   `handle` makes a file's effect durable here and says what becomes of the file on the server. It may be
 *          called again with the same claimId after a crash.
 * Promise: a file that is still being uploaded is never taken; two runs never take the same file; a claim that a
 *          crash left is taken up again; nothing is removed from the server before `handle` has resolved. When
 *          `handle` throws, the file stays claimed and is tried again in the next run.
 * Errors:  the transport's.
 */
export type TakeFiles = (
  folder: DropFolder,
  run: DropFolderRun,
  handle: (file: TakenFile) => Promise<Settlement>,
) => Promise<{ readonly taken: number; readonly growing: number }>;
