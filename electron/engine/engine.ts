import type {
  AreaCallName,
  CallInput,
  CallOutput,
  EventData,
  EventName,
} from '../../shared/contract/calls.ts';
import type { PasswordChange } from '../../shared/contract/candidate.ts';
import type {
  HistoryDay,
  HistoryFile,
  HistoryNote,
  PacketFileRow,
  StoreRow,
} from '../../shared/contract/rows.ts';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import type { Progress, RunNote, TransmissionResult } from '../../shared/progress.ts';
import type { FtpConfiguration, Settings } from '../../shared/settings.ts';
import type {
  CheckReport,
  CheckStep,
  QueueRow,
  StatusView,
  TransmissionDetail,
  TransmissionRow,
} from '../../shared/views.ts';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface TransmitOptions extends RunOptions {
  readonly mode: TransmissionRow['mode'];
  /** Nobody asked for it but the schedule. */
  readonly unattended?: boolean | undefined;
  /** Somebody answers the server's questions at log-on, which come as the event access.prompt. */
  readonly attended?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNote?: (note: RunNote) => void;
}

export interface CheckOptions extends RunOptions {
  readonly onStep?: (step: CheckStep) => void;
  /** As with TransmitOptions. */
  readonly attended?: boolean;
  /** Check these settings instead of the saved ones; the password comes with them. */
  readonly candidate?: {
    readonly ftp: FtpConfiguration;
    readonly password: string | undefined;
    /** Use the saved password in place of this one. */
    readonly keepPassword?: boolean;
    /** Of the key file. */
    readonly passphrase?: string | undefined;
    /** Use the saved passphrase in place of this one. */
    readonly keepPassphrase?: boolean;
  };
}

export interface SaveOptions extends RunOptions {
  /** Default: the saved one is kept. */
  readonly password?: PasswordChange;
  /** Of the key file. Default: the saved one is kept. */
  readonly passphrase?: PasswordChange;
  /** As with TransmitOptions. */
  readonly attended?: boolean;
  /** Save what cannot be proven all the same, and note that in the history. */
  readonly unproven?: boolean;
  readonly onStep?: (step: CheckStep) => void;
  /** Called once where something had to be proven, before anything is saved. */
  readonly onReport?: (report: CheckReport) => void;
}

export type InitRequest =
  | { readonly role: 'central'; readonly name: string; readonly officeId?: string; readonly guid?: string }
  | { readonly role: 'store'; readonly storeNumber: string; readonly name: string; readonly guid?: string };

/** Which packets to send again. */
export type ResendRequest =
  | { readonly kind: 'packet'; readonly packet: string }
  | { readonly kind: 'stream'; readonly to: string }
  | { readonly kind: 'since'; readonly sinceMs: number; readonly to?: string };

/** At once from an engine in this process, later from one in another. */
export type Eventually<T> = T | Promise<T>;

/**
 * All that Branchline does for one data directory, whoever asks.
 *
 * Promise: one engine per data directory; opening a second one is refused with code `busy`, class `busy`.
 * Errors:  ExchangeError; `not-configured` and `invalid-settings` (fix) before `init`, or with bad settings.
 */
export interface Engine {
  readonly dataDir: string;

  /** Undefined before `init`. Errors: invalid-settings. */
  settings(): Settings | undefined;
  init(request: InitRequest): Promise<Settings>;
  /**
   * Replaces the settings after validating them whole, and after proving them on the server where host, account or
   * what else reaches it changed and nothing is missing.
   *
   * Promise: nothing is replaced when it throws. What is trusted stays: trust.add and trust.remove change it. See
   *          createSaveProven.
   * Errors:  invalid-settings, naming the field; what the proof met; cancelled.
   */
  saveSettings(settings: unknown, options?: SaveOptions): Promise<Settings>;
  /** Stores the password in Secrets, proven like settings; undefined forgets it. It never comes out through any call. */
  setPassword(
    password: string | undefined,
    options?: Omit<SaveOptions, 'password' | 'passphrase'>,
  ): Promise<void>;
  hasPassword(): Promise<boolean>;

  testConnection(options?: CheckOptions): Promise<CheckReport>;
  selfCheck(options?: CheckOptions): Promise<CheckReport>;
  transmit(options: TransmitOptions): Promise<TransmissionResult>;

  queue(): Eventually<QueueRow[]>;
  /** Puts skipped deliveries (all, or those named by id) back in the queue. Returns how many. */
  queueRetry(ids?: readonly number[]): Eventually<number>;
  /** Sets queued deliveries aside until a person retries them. */
  queueSkip(ids: readonly number[]): Eventually<number>;
  /** Gives up deliveries for good: their numbers are filled by a void packet. The files stay in backup. */
  queueCancel(ids: readonly number[]): Eventually<number>;
  /** Queues packets again from the backup folder. */
  resend(
    request: ResendRequest,
  ): Promise<{ readonly queued: number; readonly unavailable: readonly string[] }>;

  history(limit?: number): Eventually<TransmissionRow[]>;
  historyShow(transmissionId: string): Eventually<TransmissionDetail | undefined>;
  /** What the history holds besides transmissions, newest first: settings that were saved without proof. */
  historyNotes(limit: number): Eventually<HistoryNote[]>;
  status(): Promise<StatusView>;

  /** The files in a packet this site made. Empty for a packet it does not know. */
  queueFiles(packetId: string): Eventually<PacketFileRow[]>;
  /** How every store stands; empty at a store. */
  stores(): Eventually<StoreRow[]>;
  /** A page of the history, newest first, beginning before `beforeMs`. */
  historyPage(limit: number, beforeMs?: number): Eventually<TransmissionRow[]>;
  /** One entry for each day with a transmission; a day begins `utcOffsetMinutes` before midnight UTC. */
  historyDays(fromMs: number, throughMs: number, utcOffsetMinutes: number): Eventually<HistoryDay[]>;
  /** Sent and received files whose path contains the text, newest first. */
  historyFiles(text: string, limit: number): Eventually<HistoryFile[]>;
  /** The transmissions as CSV (RFC 4180), newest first. */
  historyCsv(fromMs?: number, throughMs?: number): Eventually<string>;

  /**
   * Answers a call of one of the areas (trust, alerts, records, …), by the contract's own schemas.
   *
   * Errors: ExchangeError: `invalid-input` (fix) for what does not parse; otherwise what the area says.
   */
  ask<N extends AreaCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Tells what happens, as events of the contract. Returns how to stop listening. */
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void;

  /** Its areas do their scheduled work by themselves from here on. Not there on an engine that another process runs. */
  begin?(): void;
  close(): Promise<void>;
}

/** Reading a packet file needs no engine and no settings. */
export interface PacketReport {
  readonly ok: boolean;
  readonly header: PacketHeader | undefined;
  readonly code: string;
  readonly message: string;
}
