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
  /** Whether a passphrase of the key file is saved. */
  'access.hasPassphrase': call(z.strictObject({}), z.object({ saved: z.boolean() })),
  'access.setPassphrase': call(z.strictObject({ passphrase: passwordChangeSchema }), z.object({})),
} as const;

export const accessEvents = {
  'access.prompt': event(logOnPromptSchema),
  /** A question is answered or no longer asked. */
  'access.promptEnded': event(z.object({ promptId: z.string() })),
} as const;
