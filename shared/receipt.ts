import { z } from 'zod';
import { addresseeSchema, guidSchema, siteNameSchema } from './sites.ts';

/** The addressee's answer to one packet. */
export const outcomes = ['accepted', 'accepted-with-errors', 'rejected', 'duplicate'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * A receipt file: what became of a sender's packets, what is missing, and how far the stream was applied.
 * Receipts are cumulative: the highest `number` of an addressee is the truth about its position.
 */
export const receiptSchema = z.strictObject({
  formatVersion: z.literal(1),
  /** Who answers. */
  from: siteNameSchema,
  fromGuid: guidSchema,
  /** Whose packets are answered. */
  to: siteNameSchema,
  /** The receipt's own number, growing by one per answered sender. */
  number: z.int().min(1),
  createdMs: z.int().min(0),
  streams: z
    .array(
      z.strictObject({
        streamId: z.uuid(),
        /** The stream's addressee: this site, or `all`. */
        to: addresseeSchema,
        /** Every number up to this one has been answered. */
        appliedThrough: z.int().min(0),
        answers: z
          .array(
            z.strictObject({
              packetId: z.uuid().optional(),
              sequence: z.int().min(1),
              shortId: z.string().max(16),
              outcome: z.enum(outcomes),
              /** `damaged`: the bytes did not survive; send the same packet again. */
              code: z.string().max(64),
              message: z.string().max(2000),
            }),
          )
          .max(10_000),
        /** Closed ranges of numbers asked for again. */
        missing: z.array(z.strictObject({ from: z.int().min(1), through: z.int().min(1) })).max(1000),
      }),
    )
    .max(1000),
});
export type Receipt = z.infer<typeof receiptSchema>;
