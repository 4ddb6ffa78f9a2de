import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * Small JSON files on the server carry their own hash, because FTP keeps no promise about the bytes:
 * `{"sha256": "<hash of the content's compact JSON>", "content": {...}}`, indented for human readers.
 */
const envelopeSchema = z.strictObject({ sha256: z.string(), content: z.unknown() });

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Content nested so deeply that it cannot be written agrees with no hash. */
function agrees(content: unknown, sha256: string): boolean {
  try {
    return hashOf(content) === sha256;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function sealJson(content: unknown): string {
  return `${JSON.stringify({ sha256: hashOf(content), content }, undefined, 2)}\n`;
}

export type OpenedJson<T> =
  | { readonly ok: true; readonly value: T }
  /** `damaged`: the bytes did not survive. `invalid`: they did, but say something this version cannot read. */
  | { readonly ok: false; readonly why: 'damaged' | 'invalid'; readonly message: string };

/** Reads a sealed file. Never throws, whatever the bytes are. */
export function openJson<T>(bytes: Buffer, schema: z.ZodType<T>): OpenedJson<T> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, why: 'damaged', message: 'The file is not JSON.' };
  }
  const envelope = envelopeSchema.safeParse(parsed);
  if (!envelope.success || envelope.data.content === undefined) {
    return { ok: false, why: 'damaged', message: 'The file does not carry its hash.' };
  }
  if (!agrees(envelope.data.content, envelope.data.sha256)) {
    return { ok: false, why: 'damaged', message: 'The file does not match its hash.' };
  }
  const value = schema.safeParse(envelope.data.content);
  if (!value.success)
    return { ok: false, why: 'invalid', message: z.prettifyError(value.error).slice(0, 1000) };
  return { ok: true, value: value.data };
}
