import { z } from 'zod';
import { addresseeSchema, channelNameSchema, guidSchema, siteNameSchema } from './sites.ts';

/** The newest packet format this version writes and reads. */
export const packetFormatVersion = 1;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** One file inside a packet. `path` is relative to `data/<channel>/`, NFC as given, `/` between parts. */
export const packetFileSchema = z.strictObject({
  channel: channelNameSchema,
  path: z.string().min(1).max(1024),
  /** The name below `data/<channel>/` inside the bag, where it differs from `path`: no name there contains `%`. */
  storedAs: z.string().min(1).max(1024).optional(),
  sizeBytes: z.int().min(0),
  sha256: sha256Schema,
  /** Epoch milliseconds, UTC. */
  modifiedMs: z.int(),
});
export type PacketFile = z.infer<typeof packetFileSchema>;

/**
 * `packet.json`, the structured header of a packet.
 *
 * A `void` packet carries no files: it fills the numbers `sequence` to `through` of a stream whose
 * packets were cancelled or are no longer kept, so that the addressee does not wait for them.
 */
export const packetHeaderSchema = z
  .strictObject({
    formatVersion: z.literal(packetFormatVersion),
    kind: z.enum(['files', 'void']),
    packetId: z.uuid({ version: 'v7' }),
    officeId: z.uuid(),
    from: siteNameSchema,
    /** The sender's GUID: tells two sites with one store number apart. */
    fromGuid: guidSchema,
    to: addresseeSchema,
    /** Made with the sender's ledger: a reinstalled sender starts a new stream at 1. */
    streamId: z.uuid({ version: 'v7' }),
    sequence: z.int().min(1),
    /** Last number this packet answers for; equals `sequence` unless `void`. */
    through: z.int().min(1),
    usage: z.enum(['production', 'test']),
    /** Before the year 10000: no later moment can be written as a date. */
    createdMs: z.int().min(0).max(253_402_300_799_999),
    files: z.array(packetFileSchema).max(100_000),
  })
  .refine((header) => header.through >= header.sequence, 'through is before sequence')
  .refine(
    (header) => header.kind === 'void' || header.through === header.sequence,
    'only a void packet spans numbers',
  )
  .refine((header) => header.kind === 'files' || header.files.length === 0, 'a void packet carries no files');
export type PacketHeader = z.infer<typeof packetHeaderSchema>;
