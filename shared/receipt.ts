import { z } from 'zod';
import { addresseeSchema, guidSchema, siteNameSchema } from './sites.ts';

/** The addressee's answer to one packet. */
const outcomes = ['accepted', 'accepted-with-errors', 'rejected', 'duplicate'] as const;
export type Outcome = (typeof outcomes)[number];

/** A closed range of stream numbers. */
export const numberRangeSchema = z
  .strictObject({ from: z.int().min(1), through: z.int().min(1) })
  .refine((range) => range.from <= range.through, 'The range ends before it begins.');
export type NumberRange = z.infer<typeof numberRangeSchema>;

/**
 * A receipt: what became of a sender's packets, how far its streams were applied, and what is missing.
 * Positions are cumulative: those of the receipt with the highest `number` are the truth.
 */
export const receiptSchema = z.strictObject({
  formatVersion: z.literal(1),
  officeId: z.uuid(),
  /** Who answers. */
  from: siteNameSchema,
  fromGuid: guidSchema,
  /** The version of Branchline that answers. */
  program: z
    .string()
    .max(64)
    .regex(/^[0-9A-Za-z.+-]*$/)
    .optional(),
  /** Whose packets are answered. */
  to: siteNameSchema,
  /** Grows with each receipt to the same site; at least the time it was made, so that it goes on growing after a disk was lost. */
  number: z.int().min(1),
  createdMs: z.int().min(0),
  answers: z
    .array(
      z.strictObject({
        fileName: z.string().max(100),
        outcome: z.enum(outcomes),
        /** `ok`, or why not. `damaged`: the bytes did not survive; the same packet is to be sent again. */
        code: z.string().max(64),
        message: z.string().max(2000),
      }),
    )
    .max(20_000),
  positions: z
    .array(
      z.strictObject({
        streamId: z.uuid(),
        /** The stream's addressee: this site, or `all`. */
        to: addresseeSchema,
        /** Every number up to this one has been answered. */
        appliedThrough: z.int().min(0),
        /** Numbers asked for again. */
        missing: z.array(numberRangeSchema).max(1000),
      }),
    )
    .max(1000),
  /** Receipts of the other side that arrived damaged; what they said is to be said again. */
  damagedReceipts: z.array(z.string().max(100)).max(1000),
  /**
   * A store's edition of each set that it gets, by `dataset/set`. Said only to a central site that sends sets: a
   * program from before this field refuses receipts that have it.
   */
  editions: z
    .record(z.string().max(130), z.string().max(60))
    .refine((editions) => Object.keys(editions).length <= 1000, 'There are too many sets.')
    .optional(),
});
export type Receipt = z.infer<typeof receiptSchema>;
