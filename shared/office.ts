import { z } from 'zod';
import { guidSchema, storeNumberSchema } from './sites.ts';

/** `office.json`: who owns the home directory. Written once, by the central site. */
export const officeSchema = z.object({
  format: z.literal('branchline-office'),
  formatVersion: z.literal(1),
  officeId: z.uuid(),
  name: z.string().max(200),
  centralGuid: guidSchema,
  createdMs: z.int().min(0),
});
export type Office = z.infer<typeof officeSchema>;

/** `stores/<number>/site.json`: which installation answers to this store number. */
export const siteClaimSchema = z.object({
  format: z.literal('branchline-site'),
  formatVersion: z.literal(1),
  officeId: z.uuid(),
  number: storeNumberSchema,
  guid: guidSchema,
  name: z.string().max(200),
  createdMs: z.int().min(0),
});
export type SiteClaim = z.infer<typeof siteClaimSchema>;

/**
 * `stores/<number>/welcome.json`: the central site has seen this store. From here on, broadcast packets
 * numbered `startsAt` and above of stream `allStreamId` are owed to it.
 */
export const welcomeSchema = z.object({
  format: z.literal('branchline-welcome'),
  formatVersion: z.literal(1),
  officeId: z.uuid(),
  number: storeNumberSchema,
  guid: guidSchema,
  allStreamId: z.uuid(),
  startsAt: z.int().min(1),
});
export type Welcome = z.infer<typeof welcomeSchema>;
