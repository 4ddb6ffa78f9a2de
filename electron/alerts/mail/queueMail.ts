import { type MailSettings, mailAddressSchema } from '../../../shared/mailSettings.ts';
import type { LedgerTables, MailAttachmentRow, MailRow } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Random, uuidV7 } from '../../platform/random.ts';
import { oneLine } from './sendMail.ts';

/** Bounds of the outgoing mail: it is kept in the ledger until a mail server takes it. */
const mostUnsent = 1000;
const mostAttachedBytes = 10_000_000;
const mostAttachedBytesInAll = 50_000_000;
const longestSubject = 250;
const longestText = 200_000;

export interface MailDraft {
  readonly about: MailRow['about'];
  readonly alarmId: number | undefined;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments?: readonly MailAttachmentRow[] | undefined;
}

export interface MailQueueParts {
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Puts an e-mail into the outgoing mail, where there is a mail server and somebody to write to.
 *
 * Promise: bounded: attachments that are too much are left out, and the text says so; beyond the most that is kept,
 *          the oldest unsent e-mail is given up. Addresses that are none are left out.
 */
export function queueMail(
  tables: LedgerTables,
  settings: MailSettings | undefined,
  draft: MailDraft,
  { clock, random }: MailQueueParts,
): void {
  const to = draft.to.filter((address) => mailAddressSchema.safeParse(address).success);
  if (settings === undefined || settings.host === '' || settings.sender === '') return;
  if (to.length === 0 && (draft.to.length > 0 || settings.recipients.length === 0)) return;
  const files = draft.attachments ?? [];
  const size = files.reduce((sum, file) => sum + file.content.byteLength, 0);
  const tooMuch =
    size > mostAttachedBytes || (size > 0 && tables.mails.unsentBytes() + size > mostAttachedBytesInAll);
  const leftOut = `\n\nAttachments were left out because they are too large for e-mail: ${files.map((file) => oneLine(file.name)).join(', ')}`;
  tables.mails.add(
    {
      messageId: `<${uuidV7(random, clock)}@${settings.sender.slice(settings.sender.lastIndexOf('@') + 1)}>`,
      alarmId: draft.alarmId,
      about: draft.about,
      to,
      subject: oneLine(draft.subject).slice(0, longestSubject),
      text: `${draft.text.slice(0, longestText)}${tooMuch ? leftOut : ''}`,
      html: draft.html?.slice(0, longestText),
      createdMs: clock.now(),
    },
    tooMuch ? [] : files,
  );
  giveUpOldest(tables);
}

function giveUpOldest(tables: LedgerTables): void {
  const unsent = tables.mails.unsent();
  for (const mail of unsent.slice(0, Math.max(0, unsent.length - mostUnsent))) {
    tables.mails.change(mail.id, { state: 'given-up' });
    tables.mails.dropAttachments(mail.id);
  }
}
