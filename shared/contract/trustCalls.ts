import { z } from 'zod';
import { serverIdentitySchema, trustedServerSchema } from '../trust.ts';
import { candidateSchema } from './candidate.ts';
import { call } from './define.ts';

const where = trustedServerSchema.pick({ kind: true, host: true, port: true, fingerprint: true });

/** Servers whose certificate or host key a person has trusted. They change through these calls only. */
export const trustCalls = {
  /** All of them; with the one that the setting `ftp.pinnedFingerprintSha256` stands for. */
  'trust.list': call(z.strictObject({}), z.array(trustedServerSchema)),

  /**
   * Contacts the server of the candidate, or the saved one, and answers what it shows. Nothing secret is sent, and
   * nothing is trusted by it. No identity: the server shows none (no TLS, or a folder).
   */
  'trust.look': call(
    z.strictObject({ candidate: candidateSchema.optional() }),
    z.object({
      server: z.string(),
      identity: serverIdentitySchema.optional(),
      /** It is let in as it is: trusted already, or an authority that is known here vouches for it. */
      accepted: z.boolean(),
    }),
  ),

  /**
   * Trusts an identity that a person was shown. What was trusted for this host, port and kind before is trusted no
   * more, unless it is to be kept beside it (several machines behind one name).
   */
  'trust.add': call(
    where.extend({
      description: trustedServerSchema.shape.description,
      keepOthers: z.boolean().default(false),
    }),
    z.array(trustedServerSchema),
  ),

  /** Trusts it no more. Answers how many entries that were. */
  'trust.remove': call(where, z.object({ removed: z.number() })),
} as const;

export const trustEvents = {} as const;
