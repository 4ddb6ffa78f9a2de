import { z } from 'zod';

/**
 * What a server proves itself with. `certificate`: TLS; fingerprints are SHA-256 as upper-case hex pairs joined by
 * `:`. `host-key`: SSH; fingerprints are as OpenSSH writes them, `SHA256:` and unpadded base64.
 */
const identityKindSchema = z.enum(['certificate', 'host-key']);

const fingerprintSchema = z
  .string()
  .regex(
    /^(?:[0-9A-F]{2}(?::[0-9A-F]{2}){31}|SHA256:[A-Za-z0-9+/]{43})$/,
    'A SHA-256 fingerprint is 32 upper-case hex pairs joined by ":", or SHA256: and 43 characters.',
  );

/** A server's identity that a person has trusted. It counts for this host and port only, and strictly: nothing else is accepted there. */
export const trustedServerSchema = z.strictObject({
  kind: identityKindSchema,
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535),
  fingerprint: fingerprintSchema,
  /** The certificate's subject, or the key's type: `ssh-ed25519`. For people. */
  description: z.string().max(500).default(''),
  /** Epoch ms. */
  addedMs: z.int().min(0),
});
export type TrustedServer = z.infer<typeof trustedServerSchema>;

/** An identity that was shown and is not trusted, with all that a person needs to decide. */
export const serverIdentitySchema = z.object({
  kind: identityKindSchema,
  host: z.string(),
  port: z.number(),
  fingerprint: z.string(),
  /** Certificate: its subject. Host key: its type. */
  subject: z.string(),
  /** Certificates only. */
  issuer: z.string().optional(),
  /** Certificates only; epoch ms. */
  validFromMs: z.number().optional(),
  validToMs: z.number().optional(),
  /** What is wrong with it, in plain words. */
  problem: z.string(),
  /** The fingerprint that is trusted for this host and port, where it is another one: the identity has changed. */
  trustedFingerprint: z.string().optional(),
});
export type ServerIdentity = Readonly<z.infer<typeof serverIdentitySchema>>;
