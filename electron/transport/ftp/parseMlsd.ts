import { isUsableName } from '../listingLimits.ts';
import type { RemoteEntry } from '../transport.ts';
import { parseTimeValue } from './timeValue.ts';

/**
 * One line of an MLSD listing. Undefined for what is no usable file or folder: the folder itself, its parent,
 * links, devices, impossible names, lines that are no entry.
 *
 * Source: RFC 3659 §7.2.
 */
export function parseMlsdLine(line: string): RemoteEntry | undefined {
  const blank = line.indexOf(' ');
  if (blank < 0) return undefined;
  const name = line.slice(blank + 1);
  if (!isUsableName(name)) return undefined;
  const facts = new Map<string, string>();
  for (const fact of line.slice(0, blank).split(';')) {
    const equals = fact.indexOf('=');
    if (equals > 0) facts.set(fact.slice(0, equals).toLowerCase(), fact.slice(equals + 1));
  }
  const modifiedMs = parseTimeValue(facts.get('modify') ?? '');
  switch (facts.get('type')?.toLowerCase()) {
    case 'file':
      return { name, kind: 'file', sizeBytes: parseSize(facts.get('size')), modifiedMs };
    case 'dir':
      return { name, kind: 'folder', sizeBytes: undefined, modifiedMs };
    default:
      return undefined;
  }
}

function parseSize(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
