import { z } from 'zod';
import { columnNameSchema, datasetSchema, setNameSchema } from './dataset.ts';
import { channelNameSchema } from './sites.ts';

/** The channel that published sets travel in. Nobody else's files may: its name is refused for channels of an office. */
export const setsChannel = channelNameSchema.parse('branchline-sets');

/** An edition as receipts say it: its id, with `.2`, `.3`, … after it where rows were added to it later. */
const editionTagSchema = z
  .string()
  .max(60)
  .regex(/^[0-9a-f-]{36}(?:\.\d{1,9})?$/, 'This is not an edition.');

/**
 * What goes with the CSV of a published set on its way to a store: the two lie side by side, under names that say
 * issue and attempt (`1764112980000-1.csv`, `1764112980000-1.json`).
 *
 * The issue grows with each that is sent of a set, also when an older edition is published again: a store takes
 * none that is lower than what it has.
 */
export const setManifestSchema = z.object({
  format: z.literal('branchline-set'),
  formatVersion: z.literal(1),
  officeId: z.uuid(),
  dataset: datasetSchema,
  set: setNameSchema,
  edition: editionTagSchema,
  issue: z.int().min(1),
  /** The CSV's columns in their order. */
  columns: z.array(columnNameSchema).min(1).max(200),
  rows: z.int().min(0),
  sizeBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SetManifest = z.infer<typeof setManifestSchema>;

/** Name of a set among all datasets, as receipts and windows have it. */
export function setKey(dataset: string, set: string): string {
  return `${dataset}/${set}`;
}
