import type { CallOutput } from '../../../../shared/contract/calls.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type { MailSettings } from '../../../../shared/mailSettings.ts';
import { sendMail } from '../../../alerts/mail/sendMail.ts';
import { uuidV7 } from '../../../platform/random.ts';
import type { AreaParts } from '../area.ts';
import { settingsOrNone } from './settingsOrNone.ts';
import { siteTitle } from './suspensionAlarm.ts';

/**
 * Sends a test e-mail at once.
 *
 * Errors: `mail-not-set-up` (fix), naming what is missing; those of sendMail.
 */
export async function testMail(
  parts: AreaParts,
  mail: MailSettings,
  password: string | undefined,
): Promise<CallOutput<'mail.test'>> {
  checkMail(mail);
  const settings = settingsOrNone(parts);
  const site = settings === undefined ? 'this site' : siteTitle(settings);
  const sent = await sendMail(mail, password, {
    messageId: `<${uuidV7(parts.random, parts.clock)}@${mail.sender.slice(mail.sender.lastIndexOf('@') + 1)}>`,
    to: mail.recipients,
    subject: 'Branchline test e-mail',
    text: `This is a test e-mail from Branchline at ${site}. Alerts will come like this one.`,
    dateMs: parts.clock.now(),
  });
  return { to: mail.recipients.filter((one) => !sent.refused.includes(one)), reply: sent.reply };
}

function checkMail({ host, sender, recipients }: MailSettings): void {
  const missing =
    host === ''
      ? 'mail server'
      : sender === ''
        ? 'sender'
        : recipients.length === 0
          ? 'recipient'
          : undefined;
  if (missing === undefined) return;
  throw new ExchangeError({
    code: 'mail-not-set-up',
    class: 'fix',
    message: `The mail settings name no ${missing}.`,
    advice:
      'Enter it in the settings, under E-mail (branchline config set mail.host=… mail.sender=… mail.recipients=…).',
  });
}
