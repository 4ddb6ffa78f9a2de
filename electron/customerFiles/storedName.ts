import { cutToBytes } from '../platform/cutToBytes.ts';

const mostBytes = 150;

/** Windows opens a device for these, also with an ending. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/i;

/**
 * A name that every file system can store and that is what it looks like, from whatever a partner called a file.
 *
 * Promise: no separators, control or direction-changing characters; no device names; not hidden; at most 150 bytes.
 *          Different names may become the same one.
 */
export function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+/, '_')
    .trim();
  const dot = plain.lastIndexOf('.');
  const hasExtension = dot > 0 && plain.length - dot <= 20;
  const extension = (hasExtension ? plain.slice(dot) : '').replace(/[. ]+$/, '');
  const stem = cutToBytes(
    hasExtension ? plain.slice(0, dot) : plain,
    mostBytes - Buffer.byteLength(extension),
  );
  const made = stem.replace(/[. ]+$/, '') + extension;
  if (made === '' || made === '.') return '_';
  return deviceName.test(made) ? `_${made}` : made;
}

/** `a.pdf` → `a (v2).pdf`. */
export function withMark(name: string, mark: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${mark})${name.slice(dot)}` : `${name} (${mark})`;
}

/** Equal for names that people, and some disks, take for the same. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
