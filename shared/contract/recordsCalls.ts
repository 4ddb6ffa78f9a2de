import { z } from 'zod';
import {
  cellSchema,
  columnNameSchema,
  datasetNameSchema,
  datasetSchema,
  rowIssueSchema,
  setNameSchema,
} from '../dataset.ts';
import { rowFilterSchema } from '../rowFilter.ts';
import { call } from './define.ts';

/** Datasets, their editions and their rows. Times are epoch ms. */

export const editionSchema = z.object({
  editionId: z.string(),
  set: setNameSchema,
  state: z.enum(['published', 'archived']),
  rows: z.number(),
  /** Where it came from, for people: a file's name. */
  source: z.string(),
  madeMs: z.number(),
  publishedMs: z.number().optional(),
});
export type EditionView = z.infer<typeof editionSchema>;

const setStateSchema = z.object({ set: setNameSchema, published: editionSchema.optional() });

export const datasetViewSchema = z.object({
  schema: datasetSchema,
  /** By name; empty where nothing was ever published. */
  sets: z.array(setStateSchema),
});
export type DatasetView = z.infer<typeof datasetViewSchema>;

export const dataRowSchema = z.object({
  set: setNameSchema,
  /** Within its edition, from 1. */
  number: z.number(),
  changedMs: z.number(),
  values: z.record(z.string(), cellSchema),
});
export type DataRow = z.infer<typeof dataRowSchema>;

const editionId = z.string().max(100);

/** Which rows. Without a set: those of all sets. */
const rowsWanted = z.strictObject({
  dataset: datasetNameSchema,
  set: setNameSchema.optional(),
  editionId: editionId.optional(),
  search: z.string().max(500).optional(),
  filters: z.array(rowFilterSchema).max(20).optional(),
  changedAfterMs: z.number().optional(),
});

/** How far reading came: the editions that are read, which of them is next, and behind which of its rows. */
const csvPlace = z.strictObject({
  editionIds: z.array(editionId).max(10_000),
  index: z.int().min(0),
  number: z.int().min(0),
});

export const recordsCalls = {
  'records.datasets': call(z.strictObject({}), z.array(datasetViewSchema)),
  'records.show': call(z.strictObject({ dataset: datasetNameSchema }), datasetViewSchema),
  /** Adds a dataset, or changes the schema of one that has no rows yet. */
  'records.addDataset': call(z.strictObject({ schema: datasetSchema }), z.object({ added: z.boolean() })),
  /** Newest first: the published one, and those that can be published again. */
  'records.editions': call(
    z.strictObject({ dataset: datasetNameSchema, set: setNameSchema }),
    z.array(editionSchema),
  ),
  /** A page of rows. Texts of more than 2,000 characters are cut; `records.csv` has the whole. */
  'records.rows': call(
    rowsWanted.extend({
      sort: z.strictObject({ column: columnNameSchema, descending: z.boolean() }).optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ rows: z.array(dataRowSchema), total: z.number() }),
  ),
  'records.difference': call(
    z.strictObject({
      from: editionId.optional(),
      to: editionId,
      samples: z.int().min(0).max(100).default(10),
    }),
    z.object({
      added: z.number(),
      changed: z.number(),
      removed: z.number(),
      samples: z.array(
        z.object({
          kind: z.enum(['added', 'changed', 'removed']),
          before: dataRowSchema.optional(),
          after: dataRowSchema.optional(),
        }),
      ),
    }),
  ),
  /**
   * Rows as CSV (RFC 4180), a bounded piece at a time: call again with `next` as `at` until there is none. The first
   * piece begins with the header. With several sets, a column `set` stands first.
   */
  'records.csv': call(
    rowsWanted.extend({
      formulas: z.enum(['neutralise', 'keep']).default('neutralise'),
      at: csvPlace.optional(),
    }),
    z.object({ csv: z.string(), rows: z.number(), next: csvPlace.optional() }),
  ),
  /** Adds a row to what is published, or replaces the one with its key. With an error among the issues nothing was written. */
  'records.add': call(
    z.strictObject({
      dataset: datasetNameSchema,
      set: setNameSchema.optional(),
      values: z.record(z.string().max(200), z.string().max(1_000_000)),
    }),
    z.object({ issues: z.array(rowIssueSchema) }),
  ),
} as const;

export const recordsEvents = {} as const;
