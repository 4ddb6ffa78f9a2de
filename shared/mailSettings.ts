import { z } from 'zod';

const noControlCharacters = (text: string) => !/\p{Cc}/u.test(text);
const line = (max: number) =>
  z.string().max(max).refine(noControlCharacters, 'Control characters are not allowed here.');

/** One address, without a name before it. Control characters, lists and comments cannot get into a header by it. */
const addressPattern =
  /^[^\s\p{Cc}@<>(),;:"\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?){0,10}$/u;

export const mailAddressSchema = z
  .string()
  .max(254)
  .regex(addressPattern, 'An e-mail address is written like office@example.com.');

/** The mail server that takes e-mails from here; its password lives in Secrets. */
export const mailSettingsSchema = z.strictObject({
  /** Empty: no e-mails are sent. */
  host: line(255).default(''),
  port: z.int().min(1).max(65_535).default(587),
  /** `starttls`: encrypted from the STARTTLS command on, or not at all; `tls`: from the first byte (port 465). */
  security: z.enum(['none', 'starttls', 'tls']).default('starttls'),
  /** Empty: without logging in. */
  username: line(255).default(''),
  sender: z.union([z.literal(''), mailAddressSchema]).default(''),
  recipients: z.array(mailAddressSchema).max(50).default([]),
  /** PEM file of an authority to trust besides the public ones. */
  certificateAuthorityFile: line(1000).optional(),
});
export type MailSettings = z.infer<typeof mailSettingsSchema>;

/** Which alerts are e-mailed. What is switched off is still noted in the windows. */
export const alertSettingsSchema = z.strictObject({
  suspension: z.boolean().default(true),
  skippedPacket: z.boolean().default(true),
  untrustedServer: z.boolean().default(true),
  failedImport: z.boolean().default(true),
  lateStore: z.boolean().default(true),
});
export type AlertSettings = z.infer<typeof alertSettingsSchema>;

/** True when there is somebody to write to and a server that takes it. */
export function mailIsSetUp(mail: MailSettings): boolean {
  return mail.host !== '' && mail.sender !== '' && mail.recipients.length > 0;
}
