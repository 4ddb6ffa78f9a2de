import { ExchangeError } from '../../../shared/errors.ts';
import type { MailSettings } from '../../../shared/mailSettings.ts';
import type { Ledger, MailRow } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import { isServerTrouble, mailsToTry, nextMailTryMs } from './mailRetry.ts';
import { type OutgoingMail, type SentMail, sendMail } from './sendMail.ts';

export interface MailCarrierParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly settings: () => MailSettings | undefined;
  readonly password: () => Promise<string | undefined>;
  /** E-mails were sent, or could not be. */
  readonly onChange: () => void;
}

/** Carries the outgoing mail to the mail server. */
export interface MailCarrier {
  /** Begins carrying what is due, unless that is under way. */
  start(): void;
  /** Makes all that is unsent due at once, and begins. */
  startAnew(): void;
  /** Waits for what is under way. */
  idle(): Promise<void>;
  /** Begins nothing more, and waits for what is under way, for a short while where it is much. */
  stop(): Promise<void>;
}

/** Looked at again at least this often, because timers stand still while a machine sleeps. */
const longestTimerMs = 60_000;
/** What is not sent so long after stopping waits for the next start. */
const farewellMs = 15_000;

export function createMailCarrier(parts: MailCarrierParts): MailCarrier {
  const { ledger, clock } = parts;
  let stopped: { readonly atMs: number } | undefined;
  let underWay: Promise<void> | undefined;
  let again = false;
  let cancelTimer: () => void = () => undefined;

  const arm = () => {
    cancelTimer();
    if (stopped === undefined) cancelTimer = clock.after(longestTimerMs, () => start());
  };
  const carry = async () => {
    do {
      again = false;
      await carryDue(parts, () => stopped !== undefined && clock.monotonic() - stopped.atMs > farewellMs);
    } while (again && stopped === undefined);
  };
  const start = () => {
    if (stopped !== undefined) return;
    again = true;
    underWay ??= carry()
      // A keychain or ledger in trouble: the mail stays where it is, and the next look tries again.
      .catch(() => undefined)
      .finally(() => {
        underWay = undefined;
        arm();
      });
  };
  return {
    start,
    startAnew() {
      ledger.commit('mail-anew', (tables) => {
        for (const mail of tables.mails.unsent()) tables.mails.change(mail.id, { nextTryMs: undefined });
      });
      start();
    },
    idle: async () => await underWay,
    async stop() {
      stopped ??= { atMs: clock.monotonic() };
      cancelTimer();
      await underWay;
    },
  };
}

async function carryDue(parts: MailCarrierParts, isOver: () => boolean): Promise<void> {
  const { ledger, clock } = parts;
  const settings = parts.settings();
  const due = ledger.read((tables) => mailsToTry(tables.mails.unsent(), clock.now()));
  if (settings === undefined || settings.host === '' || settings.sender === '' || due.length === 0) return;
  const password = settings.username === '' ? undefined : await parts.password();
  for (const mail of due) {
    if (isOver()) return;
    const attachments = ledger.read((tables) => tables.mails.attachments(mail.id));
    const failure = await carryOne(
      parts,
      { settings, password, mail: outgoing(mail, settings, attachments) },
      mail,
    );
    parts.onChange();
    if (failure === undefined || !isServerTrouble(failure)) continue;
    ledger.commit('mails-wait', (tables) => {
      const { nextTryMs } = tables.mails.get(mail.id) ?? {};
      for (const { id } of tables.mails.unsent())
        tables.mails.change(id, { nextTryMs, lastError: failure.report() });
    });
    return;
  }
}

interface Carried {
  readonly settings: MailSettings;
  readonly password: string | undefined;
  readonly mail: OutgoingMail;
}

async function carryOne(
  { ledger, clock }: MailCarrierParts,
  { settings, password, mail: message }: Carried,
  mail: MailRow,
): Promise<ExchangeError | undefined> {
  try {
    if (message.to.length === 0) throw nobody();
    const sent = await sendMail(settings, password, message);
    ledger.commit('mail-sent', (tables) => {
      tables.mails.change(mail.id, {
        state: 'sent',
        attempts: mail.attempts + 1,
        nextTryMs: undefined,
        sentMs: clock.now(),
        lastError: sent.refused.length === 0 ? undefined : refusedFor(sent).report(),
      });
      tables.mails.dropAttachments(mail.id);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const attempts = mail.attempts + 1;
    ledger.commit('mail-failed', (tables) =>
      tables.mails.change(mail.id, {
        attempts,
        nextTryMs: nextMailTryMs(attempts, error.class, clock.now()),
        lastError: error.report(),
      }),
    );
    return error;
  }
}

function outgoing(
  mail: MailRow,
  settings: MailSettings,
  attachments: OutgoingMail['attachments'],
): OutgoingMail {
  const { messageId, subject, text, html, createdMs } = mail;
  const to = mail.to.length > 0 ? mail.to : settings.recipients;
  return { messageId, to, subject, text, html, dateMs: createdMs, ...(attachments && { attachments }) };
}

function nobody(): ExchangeError {
  return new ExchangeError({
    code: 'mail-refused',
    class: 'fix',
    message: 'The mail settings name no recipient.',
    advice: 'Enter recipients in the mail settings.',
  });
}

function refusedFor(sent: SentMail): ExchangeError {
  return new ExchangeError({
    code: 'mail-refused',
    class: 'fix',
    message: `The mail server took it, but not for ${sent.refused.join(', ')}.`,
    advice: 'Check the recipients in the mail settings.',
  });
}
