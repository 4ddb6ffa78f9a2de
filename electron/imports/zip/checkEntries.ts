import type { Entry } from 'yauzl';

export const zipLimits = {
  mostEntries: 1000,
  /** All contents together. */
  mostBytes: 8_000_000_000,
  /** What is larger than this unpacked must not be this many times larger than packed. */
  ratioFromBytes: 1_000_000,
  mostRatio: 300,
  mostNameLength: 500,
} as const;

/** What a person's system leaves in archives without asking. */
const leftovers = /^(?:__MACOSX\/.*|(?:.*\/)?(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini))$/i;

/** Folders, and what systems leave behind. */
export function isPassedOver(name: string): boolean {
  return name.endsWith('/') || leftovers.test(name);
}

/** Why an entry is refused, as the end of a sentence; undefined when it is not. yauzl has refused names that lead elsewhere. */
export function checkEntry(entry: Entry): string | undefined {
  const { fileName } = entry;
  if (fileName.length > zipLimits.mostNameLength || /\p{C}/u.test(fileName)) return 'has an impossible name';
  if (entry.isEncrypted()) return 'is encrypted, and there is no password for it';
  if (isLink(entry)) return 'is a link, not a file';
  if (/\.(?:zip|gz|tgz|7z|rar|tar|zst|bz2|xz)$/i.test(fileName)) return 'is an archive itself';
  if (!/\.(?:csv|txt|tsv|tab)$/i.test(fileName)) return 'is not a CSV';
  if (!entry.canDecodeFileData()) return 'is packed in a way that is not known here (deflate and stored are)';
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > zipLimits.ratioFromBytes && size > packed * zipLimits.mostRatio) {
    return `says that it unpacks to more than ${zipLimits.mostRatio} times its size`;
  }
  return undefined;
}

/** Unix file types stand in the upper half of the attributes. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}
