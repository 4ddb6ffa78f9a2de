import { z } from 'zod';
import { setNameSchema } from '../dataset.ts';
import { errorReportSchema } from '../errors.ts';
import { importProgressSchema, importReportSchema, importRowSchema } from '../importReport.ts';
import { importChannelSchema } from '../importsSettings.ts';
import { call, event } from './define.ts';

const nothing = z.strictObject({});
const id = z.string().min(1).max(100);
const name = z.string().min(1).max(100);

/** An edition of a set, published or archived. */
export const importEditionSchema = z.object({
  editionId: z.string(),
  state: z.enum(['published', 'archived']),
  rows: z.number(),
  source: z.string(),
  madeMs: z.number(),
  publishedMs: z.number().optional(),
});
export type ImportEdition = z.infer<typeof importEditionSchema>;

/** How an import channel stands: one entry for each of its sets. */
export const importChannelViewSchema = z.object({
  channel: importChannelSchema,
  /** Where files are put, in words. */
  place: z.string(),
  sets: z.array(
    z.object({
      set: z.string(),
      published: importEditionSchema.optional(),
      /** An archived edition that is older than the published one: undoing is possible. */
      canRollBack: z.boolean(),
      lastRun: importRowSchema.optional(),
    }),
  ),
});
export type ImportChannelView = z.infer<typeof importChannelViewSchema>;

/** Pieces of a file on its way here; base64 of at most 512 KiB. */
const piece = z.base64().max(700_000);

/** Sets that arrive as CSV or ZIP and replace the one before. */
export const importsCalls = {
  'imports.channels': call(nothing, z.array(importChannelViewSchema)),
  /** Adds an import channel, or replaces the one of that name. */
  'imports.putChannel': call(z.strictObject({ channel: importChannelSchema }), nothing),
  /** Its sets stay as they are. */
  'imports.removeChannel': call(z.strictObject({ name }), nothing),

  /** A file is sent here in pieces, in order; what is not used within a day is removed. */
  'imports.beginUpload': call(
    z.strictObject({ name: z.string().min(1).max(500), sizeBytes: z.int().min(0).max(8_000_000_000) }),
    z.object({ uploadId: z.string() }),
  ),
  'imports.addPiece': call(
    z.strictObject({ uploadId: id, offset: z.int().min(0), base64: piece }),
    z.object({ receivedBytes: z.number() }),
  ),
  /** Imports, tests or previews a file that was sent. Goes on in imports.* events. */
  'imports.start': call(
    z.strictObject({
      channel: name,
      set: setNameSchema.optional(),
      mode: z.enum(['real', 'test', 'preview']),
      uploadId: id,
      startedBy: z.string().max(50),
    }),
    z.object({ runId: z.string() }),
  ),
  /** Takes what lies on the FTP site (and in the incoming folder) for a channel, or all. Goes on in imports.* events. */
  'imports.take': call(z.strictObject({ channel: name.optional() }), z.object({ takeId: z.string() })),
  'imports.cancel': call(z.strictObject({ runId: id }), nothing),
  /** What is under way, the running one first. */
  'imports.active': call(nothing, z.array(importProgressSchema)),

  /** Newest first. */
  'imports.list': call(
    z.strictObject({
      channel: name.optional(),
      set: name.optional(),
      beforeMs: z.number().optional(),
      limit: z.int().min(1).max(1000),
    }),
    z.array(importRowSchema),
  ),
  'imports.show': call(z.strictObject({ runId: id }), importReportSchema.optional()),
  /** The file of rejected rows, a piece at a time. */
  'imports.rejected': call(
    z.strictObject({ runId: id, offset: z.int().min(0) }),
    z.object({ text: z.string(), nextOffset: z.number().optional() }),
  ),

  'imports.editions': call(
    z.strictObject({ channel: name, set: name.optional() }),
    z.array(importEditionSchema),
  ),
  /** Publishes an archived edition again; the one before the published one where none is named. */
  'imports.rollback': call(
    z.strictObject({
      channel: name,
      set: name.optional(),
      editionId: id.optional(),
      startedBy: z.string().max(50),
    }),
    importReportSchema,
  ),
} as const;

export const importsEvents = {
  'imports.progress': event(importProgressSchema),
  'imports.ended': event(
    z.object({
      runId: z.string(),
      report: importReportSchema.optional(),
      error: errorReportSchema.optional(),
    }),
  ),
  /** All that was found for `imports.take` is done. */
  'imports.taken': event(
    z.object({
      takeId: z.string(),
      /** The runs of what was found. */
      runIds: z.array(z.string()),
      /** Files that were still changing, and are left for later. */
      growing: z.number(),
      error: errorReportSchema.optional(),
    }),
  ),
} as const;
