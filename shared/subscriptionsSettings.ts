import { z } from 'zod';
import { datasetNameSchema, setNameSchema } from './dataset.ts';
import { storeNumberSchema } from './sites.ts';

/** Which stores get a published set, and every edition that takes its place. */
export const subscriptionSchema = z.strictObject({
  dataset: datasetNameSchema,
  set: setNameSchema,
  stores: z.union([z.literal('all'), z.array(storeNumberSchema).min(1).max(10_000)]),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const subscriptionsSchema = z
  .array(subscriptionSchema)
  .max(1000)
  .refine(
    (all) => new Set(all.map(({ dataset, set }) => `${dataset}/${set}`)).size === all.length,
    'A set has two subscriptions; one entry names all its stores.',
  );
