import type { ErrorReport } from '../../shared/errors.ts';
import type { ImportReport } from '../../shared/importReport.ts';
import type { RunNote, TransmissionResult } from '../../shared/progress.ts';
import type { NumberRange, Outcome } from '../../shared/receipt.ts';
import type { Addressee, ChannelName, SiteName } from '../../shared/sites.ts';
import type { DeliveryState, TransmissionRow } from '../../shared/views.ts';
import type { AlarmsTable, ConnectionTable, MailsTable } from './alertTables.ts';

export type {
  AlarmsTable,
  ConnectionRow,
  ConnectionTable,
  MailAttachmentRow,
  MailRow,
  MailsTable,
} from './alertTables.ts';

import type { AppendsTable, ExportsTable, SetsTable } from './exportRows.ts';

/**
 * The local record of packets, streams, attempts and transmissions. This file is the interface; the rest of
 * the folder is its SQLite form. Everything is synchronous: SQLite is, and a transaction that could wait
 * would hold the writer's lock.
 *
 * Units: epoch milliseconds UTC; bytes.
 */
export interface Ledger {
  /** Runs `work` on a consistent view. `work` must not write. */
  read<T>(work: (tables: LedgerTables) => T): T;
  /**
   * Runs `work` in one transaction: all of it becomes durable (WAL, synchronous=FULL) or none of it.
   *
   * Promise: when this returns, power loss does not undo it; when it throws, nothing was written.
   * `label` names the step for logs and scripted faults.
   */
  commit<T>(label: string, work: (tables: LedgerTables) => T): T;
  /** Looks at the whole file: some seconds for a large one. */
  survey(): LedgerSurvey;
  close(): void;
}

/** What the ledger is, for the doctor and for support. */
export interface LedgerSurvey {
  /** Neither the file nor what its rows refer to is damaged. */
  readonly sound: boolean;
  /** The migration it stands at. */
  readonly formatVersion: number;
  readonly sizeBytes: number;
  /** How many rows, by table. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface LedgerTables {
  readonly facts: FactsTable;
  readonly outStreams: OutStreamsTable;
  readonly packets: PacketsTable;
  readonly deliveries: DeliveriesTable;
  readonly answers: AnswersTable;
  readonly sites: SitesTable;
  readonly inStreams: InStreamsTable;
  readonly inPackets: InPacketsTable;
  readonly receipts: ReceiptsTable;
  readonly seenFiles: SeenFilesTable;
  readonly dropFolders: DropFoldersTable;
  readonly transmissions: TransmissionsTable;
  readonly connection: ConnectionTable;
  readonly alarms: AlarmsTable;
  readonly mails: MailsTable;
  readonly importRuns: ImportRunsTable;
  readonly exports: ExportsTable;
  readonly sets: SetsTable;
  readonly appends: AppendsTable;
  readonly historyNotes: HistoryNotesTable;
  readonly reports: Reports;
}

/** What is known of traffic with one store. */
export interface StoreTraffic {
  readonly name: SiteName;
  readonly lastOutMs: number | undefined;
  readonly lastInMs: number | undefined;
  /** Packets on their way to it, unanswered. */
  readonly waiting: number;
  /** Deliveries to it that were skipped. */
  readonly skipped: number;
  /** Bytes published into its folder and not answered. */
  readonly usedBytes: number;
}

/** Questions over several tables, for windows. Reads only; each is a few statements, whatever the number of rows. */
export interface Reports {
  storeTraffic(): StoreTraffic[];
  /** Newest first, begun before `beforeMs`. */
  transmissionsBefore(beforeMs: number, limit: number): TransmissionRow[];
  /** Counts by outcome for each day; a day number is whole days since the epoch, after adding the offset. */
  days(
    fromMs: number,
    throughMs: number,
    offsetMs: number,
  ): { readonly day: number; readonly outcome: TransmissionRow['outcome']; readonly count: number }[];
  /** Newest first. */
  sentFiles(text: string, limit: number): FoundFile[];
  receivedFiles(text: string, limit: number): FoundFile[];
}

export interface FoundFile {
  readonly channel: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly site: string;
  readonly packetFileName: string;
  readonly atMs: number;
  readonly outcome: string;
  readonly transmissionId: string | undefined;
}

/** Small single values: the office this data directory belongs to, the welcome. Values are JSON text. */
export interface FactsTable {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export interface OutStream {
  readonly to: Addressee;
  readonly streamId: string;
  readonly nextSequence: number;
}

export interface OutStreamsTable {
  get(to: Addressee): OutStream | undefined;
  all(): OutStream[];
  put(stream: OutStream): void;
}

/** A packet this site made. `sealing` is an intent: the file may or may not be there yet. */
export interface PacketRow {
  readonly packetId: string;
  readonly streamId: string;
  readonly to: Addressee;
  readonly sequence: number;
  readonly through: number;
  readonly kind: 'files' | 'void';
  readonly usage: 'production' | 'test';
  readonly fileName: string;
  readonly state: 'sealing' | 'sealed' | 'cancelled';
  readonly sizeBytes: number;
  readonly contentBytes: number;
  readonly fileCount: number;
  readonly createdMs: number;
  /** When the copy in the backup folder was removed. */
  readonly backupRemovedMs: number | undefined;
}

export interface PacketFileRow {
  readonly channel: ChannelName;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly modifiedMs: number;
  /** Absolute path it was picked up from; empty for files that were not picked up. */
  readonly sourcePath: string;
  readonly sourceModifiedNs: string;
  readonly sourceInode: string;
}

export interface PendingSource extends PacketFileRow {
  readonly packetId: string;
  /** Index of the file in its packet. */
  readonly index: number;
}

export interface PacketsTable {
  insert(packet: PacketRow): void;
  get(packetId: string): PacketRow | undefined;
  byFileName(fileName: string): PacketRow | undefined;
  /** All packets of a stream that answer for this number, oldest first (a void may stand beside the packet it replaces). */
  byNumber(streamId: string, sequence: number): PacketRow[];
  inState(state: PacketRow['state']): PacketRow[];
  /** Sealed and cancelled packets made since `sinceMs`, oldest first; optionally for one addressee. */
  createdSince(sinceMs: number, to?: Addressee): PacketRow[];
  /** Sealed packets whose backup copy may go: every answer arrived before `beforeMs`, and no delivery is queued or skipped. */
  backupExpired(beforeMs: number): PacketRow[];
  setSealed(
    packetId: string,
    sizes: { readonly sizeBytes: number; readonly contentBytes: number; readonly fileCount: number },
  ): void;
  setState(packetId: string, state: PacketRow['state']): void;
  setBackupRemoved(packetId: string, atMs: number): void;
  /** Forgets a packet that was never sealed, with its files. */
  remove(packetId: string): void;
  /** Records the files in order; their sources are pending until settled. */
  addFiles(packetId: string, files: readonly PacketFileRow[]): void;
  files(packetId: string): PacketFileRow[];
  pendingSources(): PendingSource[];
  settleSource(packetId: string, index: number): void;
}

/** One packet to one folder on the server. */
export interface DeliveryRow {
  readonly id: number;
  readonly packetId: string;
  /** Folder on the server. */
  readonly folder: string;
  /** Whose answer it is for: a site, or `all`. */
  readonly addressee: Addressee;
  readonly state: DeliveryState;
  /** How far the act under way had come, recorded before each step. */
  readonly stage: 'idle' | 'uploading' | 'renaming';
  readonly attempts: number;
  /** How often the addressee reported damage. */
  readonly damaged: number;
  readonly nextTryMs: number | undefined;
  readonly lastError: ErrorReport | undefined;
  readonly publishedMs: number | undefined;
}

export type DeliveryChange = Partial<Omit<DeliveryRow, 'id' | 'packetId' | 'folder' | 'addressee'>>;

export interface AttemptRow {
  readonly deliveryId: number;
  readonly transmissionId: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly outcome: 'published' | 'failed';
  readonly error: ErrorReport | undefined;
}

export interface DeliveriesTable {
  /** Adds a queued, idle delivery and returns its id. Ids grow and are never reused. */
  add(delivery: {
    readonly packetId: string;
    readonly folder: string;
    readonly addressee: Addressee;
  }): number;
  get(id: number): DeliveryRow | undefined;
  ofPacket(packetId: string): DeliveryRow[];
  /** Ordered by id: oldest first. */
  inState(...states: DeliveryState[]): DeliveryRow[];
  /** Cancelled or answered deliveries whose stage is not idle: they may have left something in tmp/. */
  withLeftovers(): DeliveryRow[];
  /** Published deliveries to `all` for which no answer is awaited any more. */
  broadcastsAnswered(): DeliveryRow[];
  change(id: number, change: DeliveryChange): void;
  /** Keeps the record of one attempt, for history. */
  addAttempt(attempt: AttemptRow): void;
  attempts(deliveryId: number): AttemptRow[];
}

export interface AnswerRow {
  readonly packetId: string;
  readonly site: SiteName;
  /** Undefined while awaited. */
  readonly outcome: Outcome | undefined;
  readonly code: string;
  readonly message: string;
  readonly answeredMs: number | undefined;
}

export interface AnswersTable {
  /** Notes that this site owes an answer; does nothing when it is noted already. */
  expect(packetId: string, site: SiteName): void;
  get(packetId: string, site: SiteName): AnswerRow | undefined;
  ofPacket(packetId: string): AnswerRow[];
  awaiting(packetId: string): SiteName[];
  set(answer: AnswerRow): void;
  /** Awaited answers of this site for packets of this stream with `through` <= the number. */
  awaitedThrough(site: SiteName, streamId: string, through: number): AnswerRow[];
}

/** Another site of the office, as known here. */
export interface SiteRow {
  readonly name: SiteName;
  readonly guid: string | undefined;
  readonly label: string;
  readonly firstSeenMs: number;
  /** Highest receipt number taken from it. */
  readonly lastReceiptNumber: number;
  readonly lastReceiptMs: number | undefined;
  /** Number of the last receipt made for it. */
  readonly lastReceiptMade: number;
  /** True once welcome.json was written for it (central only). */
  readonly welcomed: boolean;
  /** First broadcast number owed to it (central only). */
  readonly allStartsAt: number | undefined;
  /** The version of Branchline it runs, as its newest receipt says. */
  readonly version: string | undefined;
}

export interface SitesTable {
  get(name: SiteName): SiteRow | undefined;
  all(): SiteRow[];
  put(site: SiteRow): void;
}

/** A stream this site receives. */
export interface InStreamRow {
  readonly streamId: string;
  readonly from: SiteName;
  /** This site, or `all`. */
  readonly to: Addressee;
  /** Every number up to this one has been answered. */
  readonly appliedThrough: number;
  readonly firstSeenMs: number;
  /** What was last found missing. */
  readonly missing: readonly NumberRange[];
  /** What the last receipt asked for again, and that receipt's file name. */
  readonly asked: { readonly missing: readonly NumberRange[]; readonly receiptFileName: string } | undefined;
}

export interface InStreamsTable {
  get(streamId: string): InStreamRow | undefined;
  /** Streams of a sender to this addressee, newest stream id last. */
  of(from: SiteName, to: Addressee): InStreamRow[];
  all(): InStreamRow[];
  put(stream: InStreamRow): void;
}

/** A packet that came here. One row per file name on the server. */
export interface InPacketRow {
  readonly fileName: string;
  readonly packetId: string | undefined;
  readonly streamId: string | undefined;
  readonly from: SiteName;
  readonly to: Addressee;
  readonly sequence: number;
  readonly through: number;
  readonly sizeBytes: number;
  /** `applying` is an intent: its files are staged and durable, and on their way to their places. */
  readonly state: 'applying' | 'applied' | 'rejected' | 'duplicate' | 'damaged';
  readonly code: string;
  readonly message: string;
  readonly receivedMs: number;
  readonly transmissionId: string;
  /** Staging folder while `applying`, relative to the incoming folder. */
  readonly staging: string;
}

export interface InFileRow {
  readonly channel: ChannelName;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly modifiedMs: number;
  /** Name inside the staging folder. */
  readonly stagedName: string;
  /** Absolute path it was put at; undefined until then. */
  readonly targetPath: string | undefined;
  readonly result: 'pending' | 'placed' | 'refused';
}

/** A copy on the server that this site must delete, because what it did here is durable. */
export interface RemovalRow {
  /** Path relative to the home directory. */
  readonly path: string;
}

export interface InPacketsTable {
  get(fileName: string): InPacketRow | undefined;
  byPacketId(packetId: string): InPacketRow | undefined;
  /** True when a packet with files was applied under this number of the stream; false for a void one. */
  hasFilesAt(streamId: string, sequence: number): boolean;
  inState(state: InPacketRow['state']): InPacketRow[];
  ofTransmission(transmissionId: string): InPacketRow[];
  /** Inserts or replaces (a damaged packet comes again under its name). */
  put(packet: InPacketRow): void;
  setFiles(fileName: string, files: readonly InFileRow[]): void;
  files(fileName: string): InFileRow[];
  addRemoval(removal: RemovalRow): void;
  removals(): RemovalRow[];
  removalDone(path: string): void;
}

/** An answer that this site owes a sender. */
export interface DueAnswer {
  readonly id: number;
  /** Whose packet it was. */
  readonly site: SiteName;
  readonly fileName: string;
  readonly outcome: Outcome;
  readonly code: string;
  readonly message: string;
}

export interface OutReceiptRow {
  readonly fileName: string;
  readonly to: SiteName;
  readonly number: number;
  readonly body: string;
  readonly state: 'pending' | 'published';
  readonly createdMs: number;
}

export interface ReceiptsTable {
  /** Owes an answer. */
  due(answer: Omit<DueAnswer, 'id'>): void;
  /** Answers not yet in any receipt, oldest first. */
  dueAnswers(): DueAnswer[];
  /** Notes that a receipt of `site` arrived damaged, to be said in the next receipt to it. */
  noteDamaged(site: SiteName, fileName: string): void;
  damagedNotes(): { readonly site: SiteName; readonly fileName: string }[];
  /** Adds a pending receipt and binds these answers and damage notes to it. */
  add(
    receipt: OutReceiptRow,
    bound: { readonly answers: readonly number[]; readonly damaged: readonly string[] },
  ): void;
  pending(): OutReceiptRow[];
  setPublished(fileName: string): void;
  /** Makes what a receipt said due again (it arrived damaged). False when no such receipt was made here. */
  sayAgain(fileName: string): boolean;
  /** Forgets published receipts made before `beforeMs`, with their answers. */
  prune(beforeMs: number): void;
}

/** What a look at the outgoing folder saw of a file. */
export interface SeenFileRow {
  /** Absolute path. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedNs: string;
  readonly inode: string;
  /** Since when it has looked like this. */
  readonly unchangedSinceMs: number;
  /** It was packed looking like this and stays where it is (setting `keep`). */
  readonly packed: boolean;
}

export interface SeenFilesTable {
  all(): SeenFileRow[];
  put(file: SeenFileRow): void;
  remove(path: string): void;
}

/** What a look at a drop folder saw of a file. */
export interface DropLookRow {
  readonly folder: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Undefined where the server does not tell. */
  readonly modifiedMs: number | undefined;
  /** Since when it has looked like this. */
  readonly unchangedSinceMs: number;
}

/** A partner's file that is claimed, or about to be: recorded before it is renamed. */
export interface DropClaimRow {
  readonly claim: string;
  readonly folder: string;
  readonly name: string;
  readonly claimedName: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number | undefined;
  readonly unchangedSinceMs: number;
  /** How often it was handled and had grown afterwards. */
  readonly round: number;
  /** What becomes of it on the server; undefined until its effect here is durable. */
  readonly settlement: DropSettlement | undefined;
}

export type DropSettlement =
  | { readonly do: 'remove' }
  | { readonly do: 'move'; readonly to: string; readonly as: string };

export interface DropFoldersTable {
  looks(folder: string): DropLookRow[];
  putLook(look: DropLookRow): void;
  removeLook(folder: string, name: string): void;
  /** All, or one folder's; in the order of their making where they were made in order. */
  claims(folder?: string): DropClaimRow[];
  putClaim(claim: DropClaimRow): void;
  removeClaim(claim: string): void;
}

/** Lines of the history that belong to no transmission. They are few, and kept for good. */
export interface HistoryNotesTable {
  add(note: RunNote & { readonly atMs: number }): void;
  /** Newest first. */
  latest(limit: number): (RunNote & { readonly atMs: number })[];
}

export interface TransmissionsTable {
  begin(run: {
    readonly transmissionId: string;
    readonly mode: TransmissionRow['mode'];
    readonly startedMs: number;
  }): void;
  end(transmissionId: string, result: TransmissionResult): void;
  /** Marks runs that never ended as interrupted; returns how many. */
  closeInterrupted(): number;
  addNote(transmissionId: string, atMs: number, note: RunNote): void;
  notes(transmissionId: string): (RunNote & { readonly atMs: number })[];
  /** Newest first. */
  latest(limit: number): TransmissionRow[];
  get(transmissionId: string): TransmissionRow | undefined;
  /** Attempts of this run that published something, for history. */
  published(transmissionId: string): { readonly packetId: string; readonly folder: string }[];
  /** Forgets runs that ended before `beforeMs`, with their notes and attempts. */
  prune(beforeMs: number): void;
}

/** Imports of sets, one row for each attempt. */
export interface ImportRunsTable {
  insert(report: ImportReport, sourceKey: string): void;
  /** Replaces the report of a run that was inserted. */
  save(report: ImportReport): void;
  /** The file is gone from where it came from: the same key may be another file from now on. */
  settle(sourceKey: string): void;
  /** Runs for a file that is not gone, oldest first. */
  ofSource(sourceKey: string): ImportReport[];
  /** Keys that begin so, of files that are not known to be gone. */
  unsettled(prefix: string): string[];
  get(runId: string): ImportReport | undefined;
  /** Running or publishing, oldest first. */
  open(): ImportReport[];
  /** Newest first. */
  list(query: {
    readonly channel?: string | undefined;
    readonly set?: string | undefined;
    readonly beforeMs?: number | undefined;
    readonly limit: number;
  }): ImportReport[];
  /** Forgets runs begun before. */
  prune(beforeMs: number): void;
}
