import type { ErrorReport } from './errors.ts';
import type { Addressee } from './sites.ts';

export const phases = ['prepare', 'connect', 'export', 'import', 'receipts', 'clean-up', 'done'] as const;
export type Phase = (typeof phases)[number];

/** A snapshot of a run, sent at most a few times a second. */
export interface Progress {
  readonly phase: Phase;
  /** What is being done now, in words: a packet's name, a folder. */
  readonly what: string;
  readonly packetsDone: number;
  readonly packetsTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Bytes a second over the last few seconds; 0 when nothing has moved yet. */
  readonly bytesPerSecond: number;
  /** Milliseconds left in this phase, where it can be told. */
  readonly remainingMs: number | undefined;
}

/** One line of a run's log. */
export interface RunNote {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** How a run ended, for people, `--json` and the ledger. Counts are of packets unless named otherwise. */
export interface TransmissionResult {
  readonly transmissionId: string;
  readonly outcome: 'done' | 'partial' | 'failed' | 'cancelled';
  readonly startedMs: number;
  readonly endedMs: number;
  readonly packed: { readonly packets: number; readonly files: number; readonly leftForNextTime: number };
  readonly sent: { readonly packets: number; readonly bytes: number };
  readonly received: {
    readonly packets: number;
    readonly files: number;
    readonly bytes: number;
    readonly rejected: number;
    readonly duplicates: number;
    readonly waiting: number;
  };
  readonly receipts: { readonly sent: number; readonly received: number };
  readonly queue: { readonly queued: number; readonly skipped: number };
  /** What needs a person, in plain words. */
  readonly attention: readonly { readonly text: string; readonly addressee?: Addressee }[];
  /** Why the run failed, where it did. */
  readonly error: ErrorReport | undefined;
}
