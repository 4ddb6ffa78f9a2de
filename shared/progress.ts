import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { addresseeSchema } from './sites.ts';

export const phaseSchema = z.enum(['prepare', 'connect', 'export', 'import', 'receipts', 'clean-up', 'done']);
export type Phase = z.infer<typeof phaseSchema>;

/** A snapshot of a run, sent at most a few times a second. */
export const progressSchema = z.object({
  phase: phaseSchema,
  /** What is being done now, in words: a packet's name, a folder. */
  what: z.string(),
  packetsDone: z.number(),
  packetsTotal: z.number(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  /** Bytes a second over the last few seconds; 0 when nothing has moved yet. */
  bytesPerSecond: z.number(),
  /** Milliseconds left in this phase, where it can be told. */
  remainingMs: z.number().optional(),
});
export type Progress = Readonly<z.infer<typeof progressSchema>>;

/** One line of a run's log. */
export const runNoteSchema = z.object({ level: z.enum(['info', 'warning', 'error']), text: z.string() });
export type RunNote = Readonly<z.infer<typeof runNoteSchema>>;

/** How a run ended, for people, `--json` and the ledger. Counts are of packets unless named otherwise. */
export const transmissionResultSchema = z.object({
  transmissionId: z.string(),
  outcome: z.enum(['done', 'partial', 'failed', 'cancelled']),
  startedMs: z.number(),
  endedMs: z.number(),
  packed: z.object({ packets: z.number(), files: z.number(), leftForNextTime: z.number() }).readonly(),
  sent: z.object({ packets: z.number(), bytes: z.number() }).readonly(),
  received: z
    .object({
      packets: z.number(),
      files: z.number(),
      bytes: z.number(),
      rejected: z.number(),
      duplicates: z.number(),
      waiting: z.number(),
    })
    .readonly(),
  receipts: z.object({ sent: z.number(), received: z.number() }).readonly(),
  queue: z.object({ queued: z.number(), skipped: z.number() }).readonly(),
  /** What needs a person, in plain words. */
  attention: z
    .array(z.object({ text: z.string(), addressee: addresseeSchema.optional() }).readonly())
    .readonly(),
  /** Why the run failed, where it did. */
  error: errorReportSchema.optional(),
});
export type TransmissionResult = Readonly<z.infer<typeof transmissionResultSchema>>;
