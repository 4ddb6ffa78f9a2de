/** What a person is told of by e-mail, each at most once per cause until it clears. */
export type AlarmKind = 'suspension' | 'skipped' | 'untrusted' | 'failed-import' | 'late-store';

export interface Alarm {
  readonly kind: AlarmKind;
  /** Tells one cause from another of its kind: a packet's file name, a store number, an import channel. */
  readonly key: string;
  readonly subject: string;
  /** Plain text; lines are kept. Never with a secret. */
  readonly body: string;
}

/**
 * Promise: `raise` is durable when it returns and does nothing while the same cause stands; `clear` ends it, and one
 *          "resolved" message follows where there was an alarm. Neither waits for a mail server, and neither throws
 *          for one: what cannot be sent now is queued, and shown in the window.
 */
export interface Alarms {
  raise(alarm: Alarm): void;
  clear(kind: AlarmKind, key: string): void;
}

export interface MailMessage {
  /** E-mail addresses; empty: the recipients of the mail settings. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments?: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: Buffer;
  }[];
}

/**
 * Outgoing mail.
 *
 * Promise: durable when `send` returns; sent in the background, tried again with growing delays until it is taken by
 *          the mail server. Without mail settings nothing is queued.
 */
export interface Post {
  send(message: MailMessage): void;
}
