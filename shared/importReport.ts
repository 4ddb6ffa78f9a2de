import { z } from 'zod';
import { cellSchema } from './dataset.ts';
import { errorReportSchema } from './errors.ts';

/** What an import is for. `test`: everything is done, then discarded. `preview`: only to see the difference. */
const importModeSchema = z.enum(['real', 'test', 'preview', 'rollback']);
export type ImportMode = z.infer<typeof importModeSchema>;

/**
 * How an import stands or ended. `interrupted`: the program was killed; nothing was published. `publishing` is an
 * intent: the edition may or may not be published already.
 */
const importOutcomeSchema = z.enum([
  'running',
  'publishing',
  'published',
  'tested',
  'previewed',
  'failed',
  'cancelled',
  'interrupted',
]);

/** All rows with the same trouble in the same column, as one. */
const importIssueSchema = z.object({
  severity: z.enum(['error', 'warning', 'notice']),
  /** The file in the archive; empty where there is only one. */
  file: z.string(),
  /** Empty where it is about the whole row. */
  column: z.string(),
  reason: z.string(),
  count: z.number(),
  /** The first lines with it, the header being line 1, each with what was written there. */
  samples: z.array(z.object({ line: z.number(), value: z.string() })),
});
export type ImportIssue = Readonly<z.infer<typeof importIssueSchema>>;

const rowValuesSchema = z.record(z.string(), cellSchema);

/** What publishing changes, by the dataset's key. */
const importDifferenceSchema = z.object({
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  samples: z.array(
    z.object({
      kind: z.enum(['added', 'changed', 'removed']),
      before: rowValuesSchema.optional(),
      after: rowValuesSchema.optional(),
    }),
  ),
});
export type ImportDifference = z.infer<typeof importDifferenceSchema>;

const importCountsSchema = z.object({
  /** Rows of the file, the header and empty lines not counted. */
  rows: z.number(),
  accepted: z.number(),
  /** Rows kept out. */
  rejected: z.number(),
  /** Warnings and notices, which keep no row out. */
  warnings: z.number(),
  notices: z.number(),
});
export type ImportCounts = Readonly<z.infer<typeof importCountsSchema>>;

/** One import, from beginning to end. Times are epoch ms. */
export const importReportSchema = z.object({
  runId: z.string(),
  channel: z.string(),
  dataset: z.string(),
  set: z.string(),
  mode: importModeSchema,
  outcome: importOutcomeSchema,
  /** The file's name. */
  source: z.string(),
  /** Where it came from, in words: `FTP folder ratebooks/default`, `window`. */
  origin: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  startedMs: z.number(),
  endedMs: z.number().optional(),
  /** The CSVs that were read. */
  files: z.array(
    z.object({ name: z.string(), rows: z.number(), encoding: z.string(), delimiter: z.string() }),
  ),
  counts: importCountsSchema,
  /** Rows of the set that was published before. */
  previousRows: z.number().optional(),
  editionId: z.string().optional(),
  previousEditionId: z.string().optional(),
  /** The run whose rejected rows this one brings, corrected. */
  corrects: z.string().optional(),
  issues: z.array(importIssueSchema),
  /** More kinds of trouble than `issues` holds. */
  moreIssues: z.number(),
  difference: importDifferenceSchema.optional(),
  /** There is a file of the rejected rows. */
  rejectedFile: z.boolean(),
  error: errorReportSchema.optional(),
});
export type ImportReport = Readonly<z.infer<typeof importReportSchema>>;

/** An import in a list. */
export const importRowSchema = importReportSchema.pick({
  runId: true,
  channel: true,
  dataset: true,
  set: true,
  mode: true,
  outcome: true,
  source: true,
  origin: true,
  startedMs: true,
  endedMs: true,
  counts: true,
  editionId: true,
  error: true,
});
export type ImportRow = Readonly<z.infer<typeof importRowSchema>>;

/** An import under way. */
export const importProgressSchema = z.object({
  runId: z.string(),
  channel: z.string(),
  set: z.string(),
  mode: importModeSchema,
  source: z.string(),
  startedMs: z.number(),
  step: z.enum(['waiting', 'reading', 'indexing', 'comparing', 'publishing']),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  rows: z.number(),
  rejected: z.number(),
});
export type ImportProgress = Readonly<z.infer<typeof importProgressSchema>>;
