import { z } from 'zod';

/** When the connection rests, and for how long. */
export const suspensionSettingsSchema = z.strictObject({
  /** So many failures in a row suspend the connection. */
  failures: z.int().min(1).max(1000).default(10),
  /** For so long; then one connection is tried. */
  minutes: z.number().min(0.1).max(1440).default(15),
});
export type SuspensionSettings = z.infer<typeof suspensionSettingsSchema>;
