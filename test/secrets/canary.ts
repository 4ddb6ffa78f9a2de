import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every secret that tests use has this in it, and nothing else has: wherever it turns up in what the program wrote,
 * said or was started with, a secret leaked. Letters and digits only, so that it looks the same in JSON and in a URL.
 */
export const canaryStem = ['Cn4ry', '7q9Zx'].join('');

/** A secret of a test: `what` tells which one leaked. */
export function canary(what: string): string {
  return `${what} ${canaryStem} "öß" +/%`;
}

/** The stem as it looks inside of other encodings, each with its name. */
const forms: readonly (readonly [string, Buffer])[] = [
  ['as it is', Buffer.from(canaryStem)],
  ['UTF-16 LE', Buffer.from(canaryStem, 'utf16le')],
  ['UTF-16 BE', Buffer.from(canaryStem, 'utf16le').swap16()],
  ['hexadecimal', Buffer.from(Buffer.from(canaryStem).toString('hex'))],
  ['hexadecimal, upper case', Buffer.from(Buffer.from(canaryStem).toString('hex').toUpperCase())],
  ['backwards', Buffer.from([...canaryStem].reverse().join(''))],
  ...[0, 1, 2].flatMap((shift) => [
    [`Base64, shifted by ${shift}`, base64Inside(Buffer.from(canaryStem), shift)] as const,
    [
      `Base64 of UTF-16, shifted by ${shift}`,
      base64Inside(Buffer.from(canaryStem, 'utf16le'), shift),
    ] as const,
  ]),
];
const longestForm = Math.max(...forms.map(([, form]) => form.length));

/** The letters that are the same whatever stands around: one at each end mixes with the neighbours. */
function base64Inside(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -1));
}

/** In which form the canary is in these bytes; undefined when it is not. */
export function formOfCanary(bytes: Buffer | string): string | undefined {
  const searched = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return forms.find(([, form]) => searched.includes(form))?.[0];
}

/** Where the canary lies below a folder, names of files included: one line for each find. */
export function canariesUnder(path: string): string[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  const byName = formOfCanary(path) === undefined ? [] : [`${path}: in its name`];
  if (stat.isDirectory()) {
    return [...byName, ...readdirSync(path).flatMap((name) => canariesUnder(join(path, name)))];
  }
  if (!stat.isFile()) return byName;
  const form = formInFile(path);
  return form === undefined ? byName : [...byName, `${path}: ${form}`];
}

const chunkBytes = 4 * 1024 * 1024;
/** Of a larger file (a test of large packets makes some of gigabytes) this much at either end is searched. */
const largestWhole = 256 * 1024 * 1024;
const endBytes = 32 * 1024 * 1024;

function formInFile(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size <= largestWhole) return formBetween(file, 0, size);
    return formBetween(file, 0, endBytes) ?? formBetween(file, size - endBytes, size);
  } finally {
    closeSync(file);
  }
}

function formBetween(file: number, from: number, through: number): string | undefined {
  const chunk = Buffer.alloc(longestForm + chunkBytes);
  let kept = 0;
  for (let at = from; at < through; ) {
    const read = readSync(file, chunk, kept, Math.min(chunkBytes, through - at), at);
    if (read === 0) return undefined;
    at += read;
    const filled = kept + read;
    const form = formOfCanary(chunk.subarray(0, filled));
    if (form !== undefined) return form;
    // What lies across two pieces is found in the second.
    kept = Math.min(longestForm, filled);
    chunk.copyWithin(0, filled - kept, filled);
  }
  return undefined;
}
