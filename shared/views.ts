import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { runNoteSchema, transmissionResultSchema } from './progress.ts';
import { numberRangeSchema } from './receipt.ts';
import { addresseeSchema, siteNameSchema } from './sites.ts';

/** What the engine shows of itself: plain data for the CLI (`--json`), the windows and tests. Times are epoch ms. */

const deliveryStateSchema = z.enum(['queued', 'published', 'answered', 'skipped', 'cancelled']);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const queueRowSchema = z.object({
  /** Stable number of the delivery, for `queue retry|skip|cancel`. */
  id: z.number(),
  packetId: z.string(),
  fileName: z.string(),
  to: addresseeSchema,
  /** Folder on the server it goes to. */
  folder: z.string(),
  sequence: z.number(),
  kind: z.enum(['files', 'void']),
  state: deliveryStateSchema,
  sizeBytes: z.number(),
  files: z.number(),
  createdMs: z.number(),
  attempts: z.number(),
  nextTryMs: z.number().optional(),
  lastError: errorReportSchema.optional(),
  /** Sites whose answer is still awaited. */
  awaiting: z.array(siteNameSchema).readonly(),
});
export type QueueRow = Readonly<z.infer<typeof queueRowSchema>>;

export const transmissionModeSchema = z.enum(['full', 'export-only', 'import-only']);

export const transmissionRowSchema = z.object({
  transmissionId: z.string(),
  mode: transmissionModeSchema,
  startedMs: z.number(),
  endedMs: z.number().optional(),
  outcome: z.enum(['done', 'partial', 'failed', 'cancelled', 'running', 'interrupted']),
  result: transmissionResultSchema.readonly().optional(),
});
export type TransmissionRow = Readonly<z.infer<typeof transmissionRowSchema>>;

const packetFileViewSchema = z.object({ channel: z.string(), path: z.string(), sizeBytes: z.number() });

export const transmissionDetailSchema = transmissionRowSchema.extend({
  notes: z.array(runNoteSchema.extend({ atMs: z.number() }).readonly()).readonly(),
  /** What was said to the server and back, redacted; of the latest runs only. */
  protocol: z.array(z.string()).readonly().optional(),
  packets: z
    .array(
      z
        .object({
          direction: z.enum(['sent', 'received']),
          fileName: z.string(),
          site: z.string(),
          outcome: z.string(),
          message: z.string(),
          files: z.array(packetFileViewSchema.readonly()).readonly(),
        })
        .readonly(),
    )
    .readonly(),
});
export type TransmissionDetail = Readonly<z.infer<typeof transmissionDetailSchema>>;

const streamRowSchema = z.object({
  direction: z.enum(['out', 'in']),
  /** The other site (or `all`). */
  with: addresseeSchema,
  streamId: z.string(),
  /** Out: last number given. In: every number up to this one has been applied. */
  through: z.number(),
  missing: z.array(numberRangeSchema.readonly()).readonly(),
});
export type StreamRow = Readonly<z.infer<typeof streamRowSchema>>;

/** How the connection stands, over runs and restarts. */
export const connectionViewSchema = z.object({
  /** The switch "Enable FTP". */
  enabled: z.boolean(),
  /** Failed attempts to connect or send, in a row. */
  failures: z.number(),
  /** While it rests. From `untilMs` on, one connection is tried. */
  suspended: z
    .object({ sinceMs: z.number(), untilMs: z.number(), lastMessage: z.string() })
    .readonly()
    .optional(),
  /** A refused log-in, which scheduled transmissions do not try again. */
  heldLogin: z.object({ sinceMs: z.number(), message: z.string() }).readonly().optional(),
});
export type ConnectionView = Readonly<z.infer<typeof connectionViewSchema>>;

export const statusViewSchema = z.object({
  configured: z.boolean(),
  site: z
    .object({ role: z.enum(['central', 'store']), name: siteNameSchema, label: z.string(), guid: z.string() })
    .readonly()
    .optional(),
  office: z.object({ officeId: z.string() }).readonly().optional(),
  server: z.string().optional(),
  lastTransmission: transmissionRowSchema.readonly().optional(),
  queue: z
    .object({ queued: z.number(), published: z.number(), skipped: z.number(), bytes: z.number() })
    .readonly(),
  /** Files waiting in the outgoing folder. */
  waitingFiles: z.number(),
  stores: z
    .array(
      z
        .object({
          name: siteNameSchema,
          label: z.string(),
          lastReceiptMs: z.number().optional(),
          awaiting: z.number(),
          /** The sets that it gets, by what it has. */
          editions: z.object({ current: z.number(), behind: z.number() }).optional(),
        })
        .readonly(),
    )
    .readonly(),
  streams: z.array(streamRowSchema.readonly()).readonly(),
  connection: connectionViewSchema.optional(),
  /** Alerts whose cause stands, and e-mails that wait for a mail server. */
  alerts: z.object({ standing: z.number(), unsentMail: z.number() }).readonly().optional(),
  /** What needs a person, in plain words. */
  attention: z.array(z.string()).readonly(),
});
export type StatusView = Readonly<z.infer<typeof statusViewSchema>>;

export const checkStepSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** `note`: worth knowing, not a failure. `not-run`: an earlier step made it impossible. */
  outcome: z.enum(['ok', 'failed', 'note', 'not-run']),
  durationMs: z.number(),
  /** What was seen, in plain words. */
  detail: z.string(),
  /** For a failed step: what it means for transmissions, and what to ask the FTP provider for. */
  meaning: z.string(),
  advice: z.string(),
});
export type CheckStep = Readonly<z.infer<typeof checkStepSchema>>;

export const checkReportSchema = z.object({
  ok: z.boolean(),
  /** One plain sentence. */
  verdict: z.string(),
  server: z.string(),
  steps: z.array(checkStepSchema.readonly()).readonly(),
  error: errorReportSchema.optional(),
});
export type CheckReport = Readonly<z.infer<typeof checkReportSchema>>;
