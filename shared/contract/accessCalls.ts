import { z } from 'zod';
import { logOnQuestionSchema } from '../logOn.ts';
import { passwordChangeSchema } from './candidate.ts';
import { call, event } from './define.ts';

/** A question that the server asks in an attended log-on, waiting for a person. */
export const logOnPromptSchema = logOnQuestionSchema.extend({
  promptId: z.string(),
  /** Who asks: `sftp://user@host:22/home`. */
  server: z.string(),
});
export type LogOnPrompt = Readonly<z.infer<typeof logOnPromptSchema>>;

const path = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !/\p{Cc}/u.test(text), 'Control characters are not allowed here.');

/** A key pair as people handle it; the private half stays in its file. */
export const keyPairViewSchema = z.object({
  keyFile: z.string(),
  /** The line to send to the provider. */
  publicKey: z.string(),
  /** `SHA256:…` */
  fingerprint: z.string(),
});
export type KeyPairView = Readonly<z.infer<typeof keyPairViewSchema>>;

/** SFTP log-on: key pairs, and prompts of a server that a person answers. */
export const accessCalls = {
  /** The questions that wait for an answer now. */
  'access.prompts': call(z.strictObject({}), z.array(logOnPromptSchema)),
  /** Answers a question, prompt by prompt; without answers the log-on is given up. */
  'access.answer': call(
    z.strictObject({
      promptId: z.string().max(100),
      answers: z.array(z.string().max(1000)).max(50).optional(),
    }),
    z.object({}),
  ),
  /** Makes a key pair in new files; never overwrites. Without a path it is kept in the data directory. */
  'access.createKey': call(
    z.strictObject({
      type: z.enum(['ed25519', 'rsa']),
      path: path.optional(),
      comment: z
        .string()
        .max(200)
        .refine((text) => !/\p{Cc}/u.test(text), 'Control characters are not allowed here.')
        .default(''),
      /** Protects the private key's file. It never comes out. */
      passphrase: z.string().min(1).max(1000).optional(),
      /** Log on with it from now on: saves key file, Logon Type and passphrase. */
      use: z.boolean().default(false),
    }),
    keyPairViewSchema,
  ),
  /** The public half of a private key file; of the configured one without a path. */
  'access.showKey': call(z.strictObject({ path: path.optional() }), keyPairViewSchema),
  /** Whether a passphrase of the key file is saved. */
  'access.hasPassphrase': call(z.strictObject({}), z.object({ saved: z.boolean() })),
  'access.setPassphrase': call(z.strictObject({ passphrase: passwordChangeSchema }), z.object({})),
} as const;

export const accessEvents = {
  'access.prompt': event(logOnPromptSchema),
  /** A question is answered or no longer asked. */
  'access.promptEnded': event(z.object({ promptId: z.string() })),
} as const;
