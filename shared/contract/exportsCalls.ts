import { z } from 'zod';
import { appendSchema } from '../appendsSettings.ts';
import { cellSchema, datasetNameSchema, setNameSchema } from '../dataset.ts';
import { errorReportSchema } from '../errors.ts';
import { exportNameSchema, exportSettingsSchema } from '../exportsSettings.ts';
import { channelNameSchema, siteNameSchema } from '../sites.ts';
import { subscriptionSchema } from '../subscriptionsSettings.ts';
import { call, event } from './define.ts';
import { storeEditionSchema } from './rows.ts';

const nothing = z.strictObject({});
const runId = z.string().max(100);

/** One run of an export. Times are epoch ms. */
export const exportRunViewSchema = z.object({
  runId: z.string(),
  name: z.string(),
  /** In words: `schedule`, `window`, `command line`, `transmission`. */
  startedBy: z.string(),
  startedMs: z.number(),
  endedMs: z.number().optional(),
  /** `empty`: nothing had changed. `interrupted`: the program was killed; the next run finishes or undoes it. */
  outcome: z.enum(['running', 'done', 'empty', 'failed', 'cancelled', 'interrupted']),
  rows: z.number(),
  sizeBytes: z.number(),
  fileName: z.string().optional(),
  note: z.string(),
  error: errorReportSchema.optional(),
});
export type ExportRunView = z.infer<typeof exportRunViewSchema>;

export const exportProgressSchema = z.object({
  what: z.enum(['settling', 'reading', 'uploading', 'tidying']),
  rows: z.number(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
});
export type ExportProgressView = z.infer<typeof exportProgressSchema>;

export const exportViewSchema = z.object({
  settings: exportSettingsSchema,
  /** When it runs next by itself. */
  nextMs: z.number().optional(),
  lastRun: exportRunViewSchema.optional(),
  /** The newest run that published a file. */
  lastFile: exportRunViewSchema.optional(),
  active: z.object({ runId: z.string(), progress: exportProgressSchema.optional() }).optional(),
  /** What is wrong with it before it runs: the dataset is not there, a column is not. */
  problem: errorReportSchema.optional(),
});
export type ExportView = z.infer<typeof exportViewSchema>;

/** A set that is sent to stores, and how far that is. */
export const subscriptionViewSchema = z.object({
  subscription: subscriptionSchema,
  /** The edition published here; undefined where none is. */
  edition: z.string().optional(),
  rows: z.number().optional(),
  publishedMs: z.number().optional(),
  /** Its stores, by what they have. */
  stores: z.object({ current: z.number(), older: z.number(), none: z.number() }),
});
export type SubscriptionView = z.infer<typeof subscriptionViewSchema>;

/** Datasets as CSV on the FTP site, sets sent to stores, and channels that fill datasets. */
export const exportsCalls = {
  'exports.list': call(nothing, z.array(exportViewSchema)),
  /** Adds an export, or replaces the one named. */
  'exports.save': call(
    z.strictObject({ settings: exportSettingsSchema, replaces: exportNameSchema.optional() }),
    exportViewSchema,
  ),
  'exports.remove': call(z.strictObject({ name: exportNameSchema }), nothing),
  /** Starts one, or all where no name is given; one that is under way is joined. Goes on in exports.* events. */
  'exports.run': call(
    z.strictObject({
      name: exportNameSchema.optional(),
      /** Write all rows, also those that were exported before. */
      complete: z.boolean().default(false),
      startedBy: z.string().max(50),
    }),
    z.object({ runs: z.array(z.object({ name: z.string(), runId: z.string(), joined: z.boolean() })) }),
  ),
  'exports.cancel': call(z.strictObject({ runId }), nothing),
  /** A run as it stands; undefined for one that waits for its turn or is not known. */
  'exports.result': call(z.strictObject({ runId }), exportRunViewSchema.optional()),
  /** Newest first. */
  'exports.history': call(
    z.strictObject({ name: exportNameSchema.optional(), limit: z.int().min(1).max(1000) }),
    z.array(exportRunViewSchema),
  ),
  /** The first rows of what an export would write now, saved or not. */
  'exports.preview': call(
    z.strictObject({ settings: exportSettingsSchema, limit: z.int().min(1).max(200) }),
    z.object({
      columns: z.array(z.string()),
      rows: z.array(z.array(cellSchema)),
      /** Rows that match the filters, exported before or not. */
      total: z.number(),
    }),
  ),

  'subscriptions.list': call(nothing, z.array(subscriptionViewSchema)),
  /** Adds one, or changes which stores get the set. */
  'subscriptions.save': call(z.strictObject({ subscription: subscriptionSchema }), subscriptionViewSchema),
  'subscriptions.remove': call(z.strictObject({ dataset: datasetNameSchema, set: setNameSchema }), nothing),
  /** Central site: what each store has of the sets it gets. */
  'subscriptions.stores': call(
    nothing,
    z.array(z.object({ site: siteNameSchema, editions: z.array(storeEditionSchema) })),
  ),

  'appends.list': call(nothing, z.array(appendSchema)),
  'appends.save': call(z.strictObject({ append: appendSchema }), nothing),
  'appends.remove': call(z.strictObject({ channel: channelNameSchema }), nothing),
} as const;

export const exportsEvents = {
  'exports.progress': event(
    z.object({ runId: z.string(), name: z.string(), progress: exportProgressSchema }),
  ),
  'exports.ended': event(z.object({ run: exportRunViewSchema })),
} as const;
