import { z } from 'zod';
import { columnNameSchema } from './dataset.ts';

/** Which rows of a dataset: all filters hold. Values are compared as people write them. */
export const rowFilterSchema = z.strictObject({
  column: columnNameSchema,
  operator: z.enum(['is', 'is-not', 'contains', 'at-least', 'at-most', 'empty', 'not-empty']),
  /** Not read for `empty` and `not-empty`. */
  value: z.string().max(1000).default(''),
});
