import { readFileSync } from 'node:fs';
import { ExchangeError } from '../../../shared/errors.ts';
import type { MailSettings } from '../../../shared/mailSettings.ts';
import { toDate } from '../../platform/clock.ts';
import { type MailTarget, mailError } from './mailError.ts';

/** Long enough for a slow mail server that looks senders up, short enough for a person who waits for a test. */
const connectMs = 15_000;
const silenceMs = 30_000;

export interface OutgoingMail {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly dateMs: number;
  readonly attachments?: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: Uint8Array;
  }[];
}

export interface SentMail {
  /** Recipients that the mail server refused, while it took the e-mail for others. */
  readonly refused: readonly string[];
  /** The mail server's last reply. */
  readonly reply: string;
}

/**
 * Hands one e-mail to the mail server.
 *
 * Promise: resolves only when the server has taken it. The certificate is verified, and with `starttls` or `tls`
 *          nothing is sent unencrypted. Bounded in time.
 * Errors:  those of `mailError`.
 */
export async function sendMail(
  settings: MailSettings,
  password: string | undefined,
  mail: OutgoingMail,
): Promise<SentMail> {
  const target = { host: settings.host, port: settings.port, secrets: [password] };
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.username === '' ? {} : { auth: { user: settings.username, pass: password ?? '' } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    // What an e-mail is made of comes from here alone: no name in it may be read as a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: { minVersion: 'TLSv1.2', ...authority(settings) },
  });
  try {
    const sent = await transport.sendMail({
      from: { name: 'Branchline', address: settings.sender },
      to: mail.to.map((address) => ({ name: '', address })),
      subject: oneLine(mail.subject),
      text: mail.text,
      ...(mail.html === undefined ? {} : { html: mail.html }),
      messageId: mail.messageId,
      date: toDate(mail.dateMs),
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments: (mail.attachments ?? []).map(({ name, type, content }) => ({
        filename: oneLine(name),
        contentType: type,
        content: Buffer.from(content),
      })),
    });
    return {
      refused: sent.rejected,
      reply: oneLine(sent.response),
    };
  } catch (error) {
    throw mailError(error, target satisfies MailTarget);
  } finally {
    transport.close();
  }
}

function authority({ certificateAuthorityFile }: MailSettings): { readonly ca?: string } {
  if (certificateAuthorityFile === undefined) return {};
  try {
    return { ca: readFileSync(certificateAuthorityFile, 'utf8') };
  } catch (cause) {
    throw new ExchangeError({
      code: 'mail-file',
      class: 'fix',
      message: `The CA file of the mail server cannot be read: ${certificateAuthorityFile}`,
      advice: 'Check Certificate authority file in the mail settings.',
      cause,
    });
  }
}

/** A subject or a name is one line: nothing in it becomes a header of its own. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
