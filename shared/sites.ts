import { z } from 'zod';

/** Names that a store number may not have: they are addresses, or folders that Windows cannot make. */
const reserved = /^(central|all|con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/**
 * A store's number: 1 to 7 letters or digits, kept in upper case, because server folders and shares
 * may not tell case apart.
 */
export const storeNumberSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,7}$/, 'A store number has 1 to 7 letters or digits.')
  .refine((text) => !reserved.test(text), 'This word is reserved and cannot be a store number.')
  .transform((text) => text.toUpperCase())
  .brand<'StoreNumber'>();
export type StoreNumber = z.infer<typeof storeNumberSchema>;

/** A site as a sender or addressee. */
export const siteNameSchema = z.union([z.literal('central'), storeNumberSchema]);
export type SiteName = z.infer<typeof siteNameSchema>;

/** Where a packet goes. `all` is the central site's broadcast to every store. */
export const addresseeSchema = z.union([z.literal('central'), z.literal('all'), storeNumberSchema]);
export type Addressee = z.infer<typeof addresseeSchema>;

/** A channel's name: lower-case words joined by `-`, `_` or `.`, at most 64 characters. */
export const channelNameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?$/,
    'A channel name has 1 to 64 lower-case letters, digits, ".", "_" or "-", and does not begin or end with a dot.',
  )
  .refine(
    (text) => !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/.test(text),
    'Windows reserves this name; choose another.',
  )
  .brand<'ChannelName'>();
export type ChannelName = z.infer<typeof channelNameSchema>;

/** A site's GUID, made at set-up. */
export const guidSchema = z.uuid().transform((text) => text.toLowerCase());
