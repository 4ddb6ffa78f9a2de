import { z } from 'zod';
import { errorReportSchema } from '../errors.ts';
import { runNoteSchema } from '../progress.ts';
import { call, event } from './define.ts';

const nothing = z.strictObject({});
const text = z.string().max(1000);
const id = z.int().min(1);

const customerSchema = z.object({
  dataset: z.string(),
  /** The value of the dataset's key. */
  customer: z.string(),
  label: z.string(),
  /** The number that its files are named by. */
  number: z.string(),
});
export type Customer = z.infer<typeof customerSchema>;

const customerRowSchema = customerSchema.extend({ files: z.number(), lastMs: z.number() });
export type CustomerFilesRow = z.infer<typeof customerRowSchema>;

/** One version of a customer's file. */
const attachmentSchema = z.object({
  id: z.number(),
  dataset: z.string(),
  customer: z.string(),
  name: z.string(),
  version: z.number(),
  sha256: z.string(),
  sizeBytes: z.number(),
  modifiedMs: z.number().optional(),
  /** Absolute path on the central machine. */
  path: z.string(),
  /** Drop folder it came from. */
  source: z.string(),
  attachedMs: z.number(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const unidentifiedSchema = z.object({
  id: z.number(),
  /** The drop folder's path. */
  folder: z.string(),
  name: z.string(),
  key: z.string(),
  reason: z.enum(['no-key', 'no-match', 'several', 'no-id', 'found']),
  sizeBytes: z.number().optional(),
  modifiedMs: z.number().optional(),
  foundMs: z.number(),
});
export type UnidentifiedFile = z.infer<typeof unidentifiedSchema>;

/** What one run over the drop folders came to. */
const runResultSchema = z.object({
  attached: z.number(),
  again: z.number(),
  unidentified: z.number(),
  growing: z.number(),
  failed: z.number(),
  /** Why a folder was not looked into, in plain words. */
  problems: z.array(z.string()),
});
export type DropRunResult = z.infer<typeof runResultSchema>;

const partSchema = z.object({ base64: z.string(), sizeBytes: z.number() });

/** Customers' files from drop folders. */
export const customerFilesCalls = {
  /** Customers that have files, the last attached first. The search is in names, numbers and file names. */
  'customerFiles.customers': call(
    z.strictObject({
      search: text.default(''),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000),
    }),
    z.object({ rows: z.array(customerRowSchema), total: z.number() }),
  ),
  /** A customer's files, all versions: by name, the newest first. */
  'customerFiles.files': call(
    z.strictObject({ dataset: text, customer: text }),
    z.object({ customer: customerRowSchema.optional(), files: z.array(attachmentSchema) }),
  ),
  'customerFiles.file': call(z.strictObject({ id }), attachmentSchema),
  /** Part of an attachment's bytes: at most half a megabyte from `offset` on. */
  'customerFiles.read': call(z.strictObject({ id, offset: z.int().min(0) }), partSchema),

  /** Files that nobody was found for, the newest first. */
  'customerFiles.unidentified': call(nothing, z.array(unidentifiedSchema)),
  /** Part of an unidentified file's bytes, fetched from the FTP site for it. At most 20 MB in all. */
  'customerFiles.preview': call(z.strictObject({ id, offset: z.int().min(0) }), partSchema),
  /** Customers with a similar number or name, the likeliest first. */
  'customerFiles.likely': call(
    z.strictObject({ id }),
    z.array(customerSchema.extend({ likeness: z.number() })),
  ),
  /** Customers in whose row the text stands, for "Attach to…". */
  'customerFiles.find': call(z.strictObject({ id, search: text }), z.array(customerSchema)),
  /** `customer`: its key, or the number that its files are named by. */
  'customerFiles.attach': call(
    z.strictObject({ id, customer: text }),
    z.object({ attachment: attachmentSchema, label: z.string(), again: z.boolean() }),
  ),
  'customerFiles.putBack': call(z.strictObject({ id }), nothing),
  'customerFiles.delete': call(z.strictObject({ id }), nothing),

  /** Looks into the drop folders now, or joins the look under way. Goes on in customerFiles.* events. */
  'customerFiles.run': call(
    z.strictObject({ folder: text.optional() }),
    z.object({ runId: z.string(), joined: z.boolean() }),
  ),
  'customerFiles.cancel': call(nothing, nothing),
  /** The look under way; undefined when there is none. */
  'customerFiles.running': call(nothing, z.object({ runId: z.string() }).optional()),
} as const;

export const customerFilesEvents = {
  'customerFiles.progress': event(
    z.object({
      runId: z.string(),
      /** A file's name, or the folder that is looked into. */
      what: z.string(),
      bytesDone: z.number(),
      bytesTotal: z.number(),
      filesDone: z.number(),
    }),
  ),
  'customerFiles.note': event(z.object({ runId: z.string(), note: runNoteSchema })),
  'customerFiles.ended': event(
    z.object({
      runId: z.string(),
      result: runResultSchema.optional(),
      error: errorReportSchema.optional(),
    }),
  ),
} as const;
