import { z } from 'zod';

/** A name that people type and that stands in files and tables: `rate-book`, `account_number`. */
const nameOf = (what: string) =>
  z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/,
      `A ${what} has lower-case letters and digits, in words joined by "-" or "_", and begins with a letter.`,
    )
    .max(60);

export const datasetNameSchema = nameOf('dataset name').brand<'DatasetName'>();
export type DatasetName = z.infer<typeof datasetNameSchema>;
export const columnNameSchema = nameOf('column name').brand<'ColumnName'>();
export type ColumnName = z.infer<typeof columnNameSchema>;
/** One of several sets of a dataset, each with a published edition of its own: `default`, `custom-123`. */
export const setNameSchema = nameOf('set name').brand<'SetName'>();
export type SetName = z.infer<typeof setNameSchema>;

/** What can be asked of a column's values. */
const constraintSchema = z.enum([
  'type',
  'required',
  'unique',
  'min',
  'max',
  'length',
  'pattern',
  'values',
  'reference',
]);
export type Constraint = z.infer<typeof constraintSchema>;

/**
 * Units: `date` values are `YYYY-MM-DD`; `decimal` values are exact, kept as text like `-12.50`; `boolean` values
 *        are true and false.
 */
export const columnSchema = z.strictObject({
  name: columnNameSchema,
  /** For people. */
  title: z.string().max(200).default(''),
  type: z.enum(['text', 'integer', 'decimal', 'date', 'boolean', 'one-of']),
  required: z.boolean().default(false),
  /** No two rows of one edition have the same value. */
  unique: z.boolean().default(false),
  /** Bounds of integers, decimals and dates, both included. */
  min: z.union([z.number(), z.iso.date()]).optional(),
  max: z.union([z.number(), z.iso.date()]).optional(),
  /** The most characters of a text. */
  maxLength: z.int().min(1).max(1_000_000).optional(),
  /** A regular expression that the whole value matches. One that can take endless time is refused. */
  pattern: z.string().max(500).optional(),
  /** The values allowed, as written. A `one-of` needs them; other types but booleans may have them. */
  values: z.array(z.string().min(1).max(200)).min(1).max(1000).optional(),
  /** The value stands in this column of another dataset's published rows. */
  reference: z.strictObject({ dataset: datasetNameSchema, column: columnNameSchema }).optional(),
  /** Constraints whose violation is told and keeps no row out. */
  warnings: z.array(constraintSchema).default([]),
});
export type Column = z.infer<typeof columnSchema>;

export const datasetSchema = z
  .strictObject({
    formatVersion: z.literal(1),
    name: datasetNameSchema,
    title: z.string().max(200).default(''),
    columns: z.array(columnSchema).min(1).max(200),
    /** The columns that tell one row from another, together. Empty: rows are told apart by nothing. */
    key: z.array(columnNameSchema).max(10).default([]),
  })
  .refine(
    ({ columns }) => new Set(columns.map(({ name }) => name)).size === columns.length,
    'Two columns have the same name.',
  )
  .refine(
    ({ columns, key }) => key.every((name) => columns.some((column) => column.name === name)),
    'The key names a column that is not there.',
  );
export type Dataset = z.infer<typeof datasetSchema>;

/** How a file writes numbers and dates. What is stored is the same, however it was written. */
export const parsingSchema = z.strictObject({
  decimalSeparator: z.enum(['.', ',']).default('.'),
  /** Between groups of three digits; empty where there is none. A blank stands for the no-break blanks as well. */
  thousandsSeparator: z.enum(['', ',', '.', ' ', "'"]).default(''),
  /** `2026-11-25` and `20261125` are dates always; this says what `05/11/2026`, `5.11.2026` and `5-11-2026` are. */
  dateOrder: z.enum(['year-month-day', 'day-month-year', 'month-day-year']).default('year-month-day'),
});
export type Parsing = z.infer<typeof parsingSchema>;

/** A row's value: null where it is empty. Decimals and dates are text. */
export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

/** What is wrong, or worth knowing, about one value of one row. */
export const rowIssueSchema = z.object({
  severity: z.enum(['error', 'warning', 'notice']),
  /** Line of the file it came from, from 1, the header included. */
  line: z.number(),
  /** Empty where it is about the whole row. */
  column: z.string(),
  /** As it was written, bounded. */
  value: z.string(),
  /** In plain words. */
  reason: z.string(),
});
export type RowIssue = Readonly<z.infer<typeof rowIssueSchema>>;
