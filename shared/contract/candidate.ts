import { z } from 'zod';
import { ftpConfigurationSchema } from '../settings.ts';

/** A password on its way in. It never comes out. */
export const passwordChangeSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('keep') }),
  z.strictObject({ do: z.literal('set'), value: z.string().min(1).max(1000) }),
  z.strictObject({ do: z.literal('clear') }),
]);
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/** The passphrase of the key file; left out, the saved one stays. */
export const passphraseChangeSchema = passwordChangeSchema.default({ do: 'keep' });

/** What is typed in the FTP Configuration and not saved yet. `keep`: use the saved password. */
export const candidateSchema = z.strictObject({
  ftp: ftpConfigurationSchema,
  password: passwordChangeSchema,
  passphrase: passphraseChangeSchema,
});
