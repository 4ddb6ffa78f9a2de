import { FileType, parseList } from 'basic-ftp';
import { ExchangeError } from '../../../shared/errors.ts';
import { isUsableName, longestLineBytes, longestListing, longestName } from '../listingLimits.ts';
import type { RemoteEntry } from '../transport.ts';
import { parseMlsdLine } from './parseMlsd.ts';
import { parseListTime } from './timeValue.ts';

/**
 * The entries of an MLSD or LIST answer.
 *
 * Promise: bounded; entries with impossible names, links and devices are left out.
 * Errors:  bad-reply for a listing beyond the bounds or of an unknown form.
 */
export function parseListing(raw: Buffer, form: 'MLSD' | 'LIST', nowMs: number): RemoteEntry[] {
  const text = raw.toString('utf8');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > longestListing + 3) throw badListing(`it has more than ${longestListing} entries`);
  if (lines.some((line) => line.length > longestLineBytes)) throw badListing('it has lines without end');
  const entries =
    form === 'MLSD'
      ? lines.map(parseMlsdLine).filter((entry) => entry !== undefined)
      : parseListLines(lines, nowMs);
  if (entries.length > longestListing) throw badListing(`it has more than ${longestListing} entries`);
  if (entries.some((entry) => entry.name.length > longestName)) {
    throw badListing(`it has names of more than ${longestName} characters`);
  }
  return entries;
}

function parseListLines(lines: readonly string[], nowMs: number): RemoteEntry[] {
  // basic-ftp looks for this line's beginning anywhere, and would drop files of that name in other forms.
  const relevant = lines.filter((line) => !/^total\s+\d+\s*$/i.test(line));
  if (relevant.length === 0) return [];
  const entries: RemoteEntry[] = [];
  for (const { name, type, size, rawModifiedAt } of readList(relevant)) {
    if (!isUsableName(name)) continue;
    const modifiedMs = parseListTime(rawModifiedAt, nowMs);
    if (type === FileType.Directory) {
      entries.push({ name, kind: 'folder', sizeBytes: undefined, modifiedMs });
    } else if (type === FileType.File) {
      entries.push({
        name,
        kind: 'file',
        sizeBytes: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
        modifiedMs,
      });
    }
  }
  return entries;
}

function readList(lines: readonly string[]): ReturnType<typeof parseList> {
  try {
    return parseList(lines.join('\n'));
  } catch {
    throw badListing('its form is not known');
  }
}

export function badListing(why: string): ExchangeError {
  return new ExchangeError({
    code: 'bad-reply',
    class: 'retry',
    message: `The server's listing cannot be used: ${why}.`,
    advice: 'Remove foreign files from the home directory, or ask the FTP provider.',
  });
}
