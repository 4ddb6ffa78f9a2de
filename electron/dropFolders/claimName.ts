import { cutToBytes } from '../platform/cutToBytes.ts';

/** Folder within a drop folder into which a file is renamed so that nobody else takes it. */
const claimedFolder = 'claimed';

const longestNameBytes = 255;

export function claimsFolderOf(folder: string): string {
  return `${folder}/${claimedFolder}`;
}

/**
 * The name that a file gets while it is claimed: `<claim>~<name>`.
 *
 * Promise: never longer than servers allow: a longer one keeps its beginning and its ending, and the whole name is
 *          in the ledger.
 */
export function claimedNameOf(claim: string, name: string): string {
  return shortenName(`${claim}~${name}`, longestNameBytes);
}

/** The claim and the partner's name in a claimed file's name; undefined for a file that is no claim. */
export function parseClaimedName(
  claimedName: string,
): { readonly claim: string; readonly name: string } | undefined {
  const match = /^([a-z0-9]{12})~(.+)$/su.exec(claimedName);
  const [, claim, name] = match ?? [];
  return claim === undefined || name === undefined ? undefined : { claim, name };
}

/** `a.pdf` → `a (2).pdf`, within what servers allow. */
export function withSuffix(name: string, number: number): string {
  const { stem, extension } = splitName(name);
  const suffix = ` (${number})${extension}`;
  return cutToBytes(stem, longestNameBytes - Buffer.byteLength(suffix)) + suffix;
}

function shortenName(name: string, most: number): string {
  if (Buffer.byteLength(name) <= most) return name;
  const { stem, extension } = splitName(name);
  return cutToBytes(stem, most - Buffer.byteLength(extension)) + extension;
}

/** A very long "extension" is part of the name. */
function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || Buffer.byteLength(name.slice(dot)) > 32) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}
