import type { ErrorReport } from './errors.ts';
import type { TransmissionResult } from './progress.ts';
import type { Addressee, SiteName } from './sites.ts';

/** What the engine shows of itself: plain data for the CLI (`--json`), the windows and tests. Times are epoch ms. */

export type DeliveryState = 'queued' | 'published' | 'answered' | 'skipped' | 'cancelled';

export interface QueueRow {
  /** Stable number of the delivery, for `queue retry|skip|cancel`. */
  readonly id: number;
  readonly packetId: string;
  readonly fileName: string;
  readonly to: Addressee;
  /** Folder on the server it goes to. */
  readonly folder: string;
  readonly sequence: number;
  readonly kind: 'files' | 'void';
  readonly state: DeliveryState;
  readonly sizeBytes: number;
  readonly files: number;
  readonly createdMs: number;
  readonly attempts: number;
  readonly nextTryMs: number | undefined;
  readonly lastError: ErrorReport | undefined;
  /** Sites whose answer is still awaited. */
  readonly awaiting: readonly SiteName[];
}

export interface TransmissionRow {
  readonly transmissionId: string;
  readonly mode: 'full' | 'export-only' | 'import-only';
  readonly startedMs: number;
  readonly endedMs: number | undefined;
  readonly outcome: TransmissionResult['outcome'] | 'running' | 'interrupted';
  readonly result: TransmissionResult | undefined;
}

export interface TransmissionDetail extends TransmissionRow {
  readonly notes: readonly {
    readonly atMs: number;
    readonly level: 'info' | 'warning' | 'error';
    readonly text: string;
  }[];
  readonly packets: readonly {
    readonly direction: 'sent' | 'received';
    readonly fileName: string;
    readonly site: string;
    readonly outcome: string;
    readonly message: string;
    readonly files: readonly {
      readonly channel: string;
      readonly path: string;
      readonly sizeBytes: number;
    }[];
  }[];
}

export interface StreamRow {
  readonly direction: 'out' | 'in';
  /** The other site (or `all`). */
  readonly with: Addressee;
  readonly streamId: string;
  /** Out: last number given. In: every number up to this one has been applied. */
  readonly through: number;
  readonly missing: readonly { readonly from: number; readonly through: number }[];
}

export interface StatusView {
  readonly configured: boolean;
  readonly site:
    | {
        readonly role: 'central' | 'store';
        readonly name: SiteName;
        readonly label: string;
        readonly guid: string;
      }
    | undefined;
  readonly office: { readonly officeId: string } | undefined;
  readonly server: string | undefined;
  readonly lastTransmission: TransmissionRow | undefined;
  readonly queue: {
    readonly queued: number;
    readonly published: number;
    readonly skipped: number;
    readonly bytes: number;
  };
  /** Files waiting in the outgoing folder. */
  readonly waitingFiles: number;
  readonly stores: readonly {
    readonly name: SiteName;
    readonly label: string;
    readonly lastReceiptMs: number | undefined;
    readonly awaiting: number;
  }[];
  readonly streams: readonly StreamRow[];
  /** What needs a person, in plain words. */
  readonly attention: readonly string[];
}

export interface CheckStep {
  readonly name: string;
  readonly label: string;
  /** `note`: worth knowing, not a failure. `not-run`: an earlier step made it impossible. */
  readonly outcome: 'ok' | 'failed' | 'note' | 'not-run';
  readonly durationMs: number;
  /** What was seen, in plain words. */
  readonly detail: string;
  /** For a failed step: what it means for transmissions, and what to ask the FTP provider for. */
  readonly meaning: string;
  readonly advice: string;
}

export interface CheckReport {
  readonly ok: boolean;
  /** One plain sentence. */
  readonly verdict: string;
  readonly server: string;
  readonly steps: readonly CheckStep[];
  readonly error: ErrorReport | undefined;
}
