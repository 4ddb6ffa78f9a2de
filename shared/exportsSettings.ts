import { z } from 'zod';
import { columnNameSchema, datasetNameSchema, setNameSchema } from './dataset.ts';
import { rowFilterSchema } from './rowFilter.ts';
import { scheduleSchema } from './scheduleSettings.ts';

/** What people and file names call an export: `users`, `new-enquiries`. */
export const exportNameSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
    'An export name has lower-case letters and digits, in words joined by "-" or "_".',
  )
  .max(60);

/** Folders of the home directory that packets travel through: nothing else may lie there. */
const ownFolders: ReadonlySet<string> = new Set(['tmp', 'central', 'stores', 'all', 'office.json']);

/** A folder below the home directory that belongs to partners. */
const exportFolderSchema = z
  .string()
  .max(300)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
    'A folder on the FTP site is written like exports/users: letters, digits, ".", "_" and "-", with "/" between.',
  )
  .refine(
    (folder) => !ownFolders.has(folder.split('/')[0]?.toLowerCase() ?? ''),
    'This folder of the FTP site belongs to Branchline; choose another, such as exports/users.',
  );

/** A dataset, or a query on it, as CSV files in a folder of the FTP site. */
export const exportSettingsSchema = z.strictObject({
  name: exportNameSchema,
  dataset: datasetNameSchema,
  /** All sets where it is left out. */
  set: setNameSchema.optional(),
  /** In this order; empty: all columns of the dataset. */
  columns: z.array(columnNameSchema).max(200).default([]),
  filters: z.array(rowFilterSchema).max(50).default([]),
  folder: exportFolderSchema,
  /** `changes`: only rows that were added or changed since the last file. */
  kind: z.enum(['complete', 'changes']).default('complete'),
  schedule: scheduleSchema.prefault({}),
  /** Older files of this folder are removed, by the time in their name; 0: none are. */
  keepDays: z.int().min(0).max(36_500).default(30),
  /**
   * Values that a spreadsheet would run as a formula get a quote before them. For files that only programs read it
   * can be turned off.
   */
  neutraliseFormulas: z.boolean().default(true),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

export const exportsSchema = z
  .array(exportSettingsSchema)
  .max(200)
  .refine(
    (exports) => new Set(exports.map(({ name }) => name)).size === exports.length,
    'Two exports have the same name.',
  )
  .refine(
    (exports) => new Set(exports.map(({ folder }) => folder.toLowerCase())).size === exports.length,
    'Two exports write into the same folder; each needs its own, because old files are removed by their names.',
  );

/** Ready-made exports of what comes in by itself. */
export const exportPresets = [
  { name: 'users', dataset: 'users', folder: 'exports/users' },
  { name: 'enquiries', dataset: 'enquiries', folder: 'exports/enquiries' },
] as const;
export type ExportPreset = (typeof exportPresets)[number];
