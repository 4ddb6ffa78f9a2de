import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** The only source of randomness. Tests pass a seeded one. */
export interface Random {
  bytes(count: number): Buffer;
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** A number in [0, 1). */
export function randomFraction(random: Random): number {
  return random.bytes(4).readUInt32BE() / 2 ** 32;
}

/** `length` characters of [a-z0-9]. */
export function randomShortId(random: Random, length = 8): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length * 2)) {
      // 252 is the largest multiple of 36 in a byte: taking more would favour the first letters.
      if (byte < 252 && text.length < length) text += alphabet[byte % 36];
    }
  }
  return text;
}

function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A UUIDv7: sorts by the time it was made. Source: RFC 9562 §5.7. */
export function uuidV7(random: Random, clock: Clock): string {
  const bytes = Buffer.concat([Buffer.alloc(6), random.bytes(10)]);
  bytes.writeUIntBE(clock.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return formatUuid(bytes);
}

/** A random UUIDv4. Source: RFC 9562 §5.4. */
export function uuidV4(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return formatUuid(bytes);
}
