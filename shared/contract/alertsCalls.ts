import { z } from 'zod';
import { errorReportSchema } from '../errors.ts';
import { mailSettingsSchema } from '../mailSettings.ts';
import { connectionViewSchema } from '../views.ts';
import { passwordChangeSchema } from './candidate.ts';
import { call } from './define.ts';

const nothing = z.strictObject({});

/** How far an e-mail came. `none`: nobody is told of it: the kind is switched off, or no mail server is set up. */
const mailStateSchema = z.object({
  state: z.enum(['none', 'unsent', 'sent', 'given-up']),
  sentMs: z.number().optional(),
  /** What went wrong at the last try. */
  error: errorReportSchema.optional(),
  nextTryMs: z.number().optional(),
});
export type MailState = z.infer<typeof mailStateSchema>;

export const alertRowSchema = z.object({
  id: z.number(),
  kind: z.string(),
  subject: z.string(),
  body: z.string(),
  raisedMs: z.number(),
  /** Undefined while its cause stands. */
  resolvedMs: z.number().optional(),
  raisedMail: mailStateSchema,
  resolvedMail: mailStateSchema,
});
export type AlertRow = z.infer<typeof alertRowSchema>;

/** An e-mail that tells of no alert: a report. */
export const mailRowSchema = z.object({
  id: z.number(),
  subject: z.string(),
  /** Empty: the recipients of the mail settings. */
  to: z.array(z.string()).readonly(),
  createdMs: z.number(),
  mail: mailStateSchema,
});
export type MailRowView = z.infer<typeof mailRowSchema>;

/** Suspension, alerts and mail. */
export const alertsCalls = {
  /** Newest first; what still stands comes first of all. */
  'alerts.list': call(
    z.strictObject({ limit: z.int().min(1).max(1000) }),
    z.object({ alerts: z.array(alertRowSchema), reports: z.array(mailRowSchema) }),
  ),
  /** Tries unsent e-mails at once. How many there are. */
  'alerts.sendNow': call(nothing, z.object({ unsent: z.number() })),

  /** How the connection stands; undefined before set-up. */
  'suspension.get': call(nothing, connectionViewSchema.optional()),
  /** The next run tries the connection, whatever the time, and a refused log-in is tried again. */
  'suspension.release': call(nothing, z.object({ released: z.boolean() })),

  /** Sends a test e-mail, by what is saved or by the candidate. Errors: the mail server's, in plain words. */
  'mail.test': call(
    z.strictObject({
      candidate: z.strictObject({ mail: mailSettingsSchema, password: passwordChangeSchema }).optional(),
    }),
    z.object({ to: z.array(z.string()), reply: z.string() }),
  ),
  'mail.setPassword': call(z.strictObject({ password: passwordChangeSchema }), nothing),
  'mail.hasPassword': call(nothing, z.object({ hasPassword: z.boolean() })),
} as const;

export const alertsEvents = {} as const;
