import { z } from 'zod';
import { runNoteSchema } from '../progress.ts';
import { siteNameSchema } from '../sites.ts';

/** Rows that only windows show. Times are epoch ms. */

export const packetFileRowSchema = z.object({
  channel: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  modifiedMs: z.number(),
});
export type PacketFileRow = z.infer<typeof packetFileRowSchema>;

/** Which edition of a set a store has. `not-told`: no receipt of it has said so yet, or its program is too old to. */
export const storeEditionSchema = z.object({
  /** `dataset/set`. */
  name: z.string(),
  edition: z.string().optional(),
  state: z.enum(['current', 'older', 'none', 'not-told']),
});
export type StoreEdition = z.infer<typeof storeEditionSchema>;

export const storeRowSchema = z.object({
  name: siteNameSchema,
  label: z.string(),
  /** Last packet published for it, and last packet or receipt that came from it. */
  lastOutMs: z.number().optional(),
  lastInMs: z.number().optional(),
  /** Packets on their way to it: queued, or published and not answered. */
  waiting: z.number(),
  /** Numbers missing in what it sent. */
  gaps: z.number(),
  /** What lies on the server for it, against its allowance. */
  usedBytes: z.number(),
  allowanceBytes: z.number(),
  /** The version of Branchline it runs, as its receipts say; empty when unknown. */
  version: z.string(),
  /** The sets that it gets. */
  editions: z.array(storeEditionSchema),
  /** `failing`: something was skipped or refused. `late`: silent for longer than the setting. `never`: nothing came yet. */
  state: z.enum(['ok', 'late', 'failing', 'never']),
  /** The state's reason in plain words. */
  reason: z.string(),
});
export type StoreRow = z.infer<typeof storeRowSchema>;

export const historyDaySchema = z.object({
  /** `2026-11-21`, local. */
  day: z.string(),
  done: z.number(),
  partial: z.number(),
  failed: z.number(),
});
export type HistoryDay = z.infer<typeof historyDaySchema>;

/** A line of the history that belongs to no transmission. */
export const historyNoteSchema = runNoteSchema.extend({ atMs: z.number() });
export type HistoryNote = z.infer<typeof historyNoteSchema>;

/** Where a file went, or came from. */
export const historyFileSchema = z.object({
  direction: z.enum(['sent', 'received']),
  channel: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  site: z.string(),
  packetFileName: z.string(),
  /** When it was packed or received. */
  atMs: z.number(),
  /** `accepted by 0012`, `waiting`, `placed at …`. */
  outcome: z.string(),
  transmissionId: z.string().optional(),
});
export type HistoryFile = z.infer<typeof historyFileSchema>;
