import { z } from 'zod';
import { type PacketHeader, packetFormatVersion, packetHeaderSchema } from '../../shared/packetHeader.ts';
import { bagPath } from './bagLayout.ts';
import { NameSet } from './nameSet.ts';
import { type ExpectedHeader, PacketRefusal, type UnpackLimits } from './packet.ts';
import { quoteName } from './quoteName.ts';
import { unsafeReason } from './safePath.ts';

const versionSchema = z.looseObject({ formatVersion: z.int() });

/**
 * Reads `packet.json` and trusts nothing in it.
 *
 * Promise: every name in a header that comes out is safe and collides with no other in it.
 * Errors:  PacketRefusal `bad-header`, `future-format` (whatever else a newer program may have written),
 *          `unsafe-name`, `name-collision`.
 */
export function parseHeader(bytes: Uint8Array): PacketHeader {
  const value = parseJson(bytes);
  const version = versionSchema.safeParse(value);
  if (version.success && version.data.formatVersion > packetFormatVersion) {
    throw new PacketRefusal(
      'future-format',
      `The packet was made by a newer Branchline (format ${version.data.formatVersion}); update this one.`,
    );
  }
  const parsed = packetHeaderSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where =
      issue === undefined ? '' : ` (${quoteName(issue.path.join('.'))}: ${issue.message.slice(0, 200)})`;
    throw badHeader(`something in it is missing or wrong${where}`);
  }
  checkNames(parsed.data);
  return parsed.data;
}

/** Errors: PacketRefusal `wrong-office`, `wrong-site`, `wrong-sender`. */
export function checkExpected(header: PacketHeader, expected: ExpectedHeader): void {
  if (expected.officeId !== undefined && header.officeId !== expected.officeId) {
    throw new PacketRefusal('wrong-office', 'The packet belongs to another office.');
  }
  if (expected.to !== undefined && header.to !== expected.to) {
    throw new PacketRefusal('wrong-site', `The packet is addressed to ${header.to}, not to ${expected.to}.`);
  }
  if (expected.from !== undefined && header.from !== expected.from) {
    throw new PacketRefusal(
      'wrong-sender',
      `The packet was made by ${header.from}, not by ${expected.from}.`,
    );
  }
  if (expected.sequence !== undefined && header.sequence !== expected.sequence) {
    throw new PacketRefusal(
      'wrong-sender',
      `The packet's number is ${header.sequence}, but its name says ${expected.sequence}.`,
    );
  }
}

/** Errors: PacketRefusal `too-large`. */
export function checkLimits(header: PacketHeader, limits: UnpackLimits): void {
  if (header.files.length > limits.files) {
    throw new PacketRefusal(
      'too-large',
      `The packet has ${header.files.length} files; ${limits.files} are accepted.`,
    );
  }
  const total = header.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (total > limits.totalBytes) {
    throw new PacketRefusal('too-large', `The packet has ${total} bytes; ${limits.totalBytes} are accepted.`);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw badHeader('it is not JSON', error);
  }
}

function checkNames(header: PacketHeader): void {
  const names = new NameSet();
  const stored = new NameSet();
  for (const file of header.files) {
    for (const path of [file.path, file.storedAs ?? file.path]) {
      const reason = unsafeReason(path);
      if (reason !== undefined) {
        throw new PacketRefusal('unsafe-name', `The name ${quoteName(path)} is not safe: ${reason}.`);
      }
    }
    if ((file.storedAs ?? file.path).includes('%')) throw badHeader('a name in the bag contains "%"');
    const other = names.add(`${file.channel}/${file.path}`) ?? stored.add(bagPath(file));
    if (other !== undefined) {
      throw new PacketRefusal(
        'name-collision',
        `The names ${quoteName(file.path)} and ${quoteName(other)} are one and the same on some disks.`,
      );
    }
  }
}

function badHeader(what: string, cause?: unknown): PacketRefusal {
  return new PacketRefusal('bad-header', `The packet's header packet.json is wrong: ${what}.`, cause);
}
