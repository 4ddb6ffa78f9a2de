import { z } from 'zod';

/** One round of questions that a server asks while logging on (SSH keyboard-interactive), as it words them. */
export const logOnQuestionSchema = z.object({
  /** A heading; often empty. */
  name: z.string(),
  /** May hold line breaks; often empty. */
  instructions: z.string(),
  prompts: z.array(
    z.object({
      text: z.string(),
      /** True where the answer may be seen while it is typed. */
      echo: z.boolean(),
    }),
  ),
});
export type LogOnQuestion = Readonly<z.infer<typeof logOnQuestionSchema>>;
