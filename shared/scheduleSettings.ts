import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'A time of day is written like 07:30.');

/** When something is done by itself. Times are local. */
export const scheduleSchema = z.strictObject({
  enabled: z.boolean().default(false),
  /** 0: only at the given times. */
  everyMinutes: z.int().min(0).max(1440).default(15),
  /** The hours in which `everyMinutes` counts; the same time twice means all day. */
  from: timeOfDay.default('00:00'),
  through: timeOfDay.default('00:00'),
  at: z.array(timeOfDay).max(48).default([]),
  /** Stores begin a little later than planned, each by an amount of its own, so that not all call the server at once. */
  spread: z.boolean().default(true),
});
export type Schedule = z.infer<typeof scheduleSchema>;
