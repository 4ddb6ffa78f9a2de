import { z } from 'zod';
import { datasetNameSchema, setNameSchema } from './dataset.ts';
import { channelNameSchema } from './sites.ts';

/** A channel whose files are rows for a dataset: sign-ups, enquiries. */
export const appendSchema = z.strictObject({
  channel: channelNameSchema,
  dataset: datasetNameSchema,
  set: setNameSchema,
});
export type Append = z.infer<typeof appendSchema>;

export const appendsSchema = z
  .array(appendSchema)
  .max(200)
  .refine(
    (all) => new Set(all.map(({ channel }) => channel)).size === all.length,
    'A channel can fill one dataset only.',
  );
