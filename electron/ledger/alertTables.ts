import type { ErrorReport } from '../../shared/errors.ts';

/** How the connection to the server stands, over runs and restarts. */
export interface ConnectionRow {
  /** Failed attempts to connect or send, in a row. */
  readonly failures: number;
  /** The server's last words about them, redacted and bounded. */
  readonly lastMessage: string;
  readonly lastFailureMs: number | undefined;
  /** Undefined: it is not suspended. */
  readonly suspended: { readonly sinceMs: number; readonly untilMs: number } | undefined;
  /** A refused log-in: runs without a person do not try again. */
  readonly held: { readonly code: string; readonly message: string; readonly sinceMs: number } | undefined;
  readonly lastLoginMs: number | undefined;
}

export interface ConnectionTable {
  get(): ConnectionRow;
  put(row: ConnectionRow): void;
}

export interface AlarmRow {
  readonly id: number;
  readonly kind: string;
  /** Tells one cause from another of its kind. */
  readonly cause: string;
  readonly subject: string;
  readonly body: string;
  readonly raisedMs: number;
  readonly clearedMs: number | undefined;
}

export interface AlarmsTable {
  /** The alarm that stands for this cause. At most one does. */
  standing(kind: string, cause: string): AlarmRow | undefined;
  allStanding(): AlarmRow[];
  add(alarm: Omit<AlarmRow, 'id' | 'clearedMs'>): number;
  clear(id: number, atMs: number): void;
  get(id: number): AlarmRow | undefined;
  /** Newest first. */
  latest(limit: number): AlarmRow[];
  /** Forgets alarms cleared before `beforeMs` that have no unsent e-mail, with their e-mails. */
  prune(beforeMs: number): void;
}

export interface MailRow {
  readonly id: number;
  readonly messageId: string;
  readonly alarmId: number | undefined;
  readonly about: 'raised' | 'resolved' | 'other';
  /** Empty: the recipients of the mail settings. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  readonly createdMs: number;
  readonly state: 'unsent' | 'sent' | 'given-up';
  readonly attempts: number;
  readonly nextTryMs: number | undefined;
  readonly sentMs: number | undefined;
  readonly lastError: ErrorReport | undefined;
}

export interface MailAttachmentRow {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

export type NewMail = Pick<
  MailRow,
  'messageId' | 'alarmId' | 'about' | 'to' | 'subject' | 'text' | 'html' | 'createdMs'
>;
export type MailChange = Partial<Pick<MailRow, 'state' | 'attempts' | 'nextTryMs' | 'sentMs' | 'lastError'>>;

export interface MailsTable {
  /** Adds an unsent e-mail and returns its id. */
  add(mail: NewMail, attachments: readonly MailAttachmentRow[]): number;
  get(id: number): MailRow | undefined;
  /** Oldest first. */
  unsent(): MailRow[];
  ofAlarm(alarmId: number): MailRow[];
  /** Newest first. */
  latest(limit: number): MailRow[];
  attachments(id: number): MailAttachmentRow[];
  /** Bytes of the attachments of unsent e-mails. */
  unsentBytes(): number;
  change(id: number, change: MailChange): void;
  dropAttachments(id: number): void;
  /** Forgets e-mails queued before `beforeMs` that are not unsent and tell of no alarm. */
  prune(beforeMs: number): void;
}
