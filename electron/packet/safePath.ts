/**
 * Says in plain words why a path may not travel in a packet; undefined when it may.
 *
 * Both sides ask this one function, so that a sender never makes what a receiver refuses. It is as strict on
 * every system as the strictest: a packet made on Linux must be safe to open on Windows, and the reverse.
 * Allowed are all scripts, spaces inside and in front, quotes, leading dashes and dots, names of 255 bytes,
 * emoji, composed and decomposed accents. Characters that only Windows cannot store (`< > : " | ? *`) travel,
 * and `localPath` replaces them there. A backslash does not travel: it is a separator on Windows, and
 * `sha256sum -c` gives it a meaning of its own.
 *
 * Shape: relative, `/` between parts.
 */
export function unsafeReason(path: string): string | undefined {
  if (path === '') return 'the name is empty';
  if (path.length > 1024) return 'the path is longer than 1024 characters';
  if (!path.isWellFormed()) return 'the name is not valid Unicode';
  if (controlCharacter.test(path)) return 'the name contains a control character or a line break';
  if (path.includes('\\')) return 'the name contains a backslash, which separates folders on Windows';
  if (path.startsWith('/')) return 'the path is absolute';
  const parts = path.split('/');
  if (parts.length > deepest) return `the file lies deeper than ${deepest} folders`;
  for (const part of parts) {
    const reason = unsafePart(part);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Bounds the work that a made-up header can cause when its folders are compared. */
const deepest = 64;

/** C0, DEL, C1, and the two separators that many tools take for a line break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point.
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Windows opens a device for these, also with an ending or with spaces before the ending. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(?:[.:]|$)/i;

function unsafePart(part: string): string | undefined {
  if (part === '') return 'the path has an empty part';
  if (part === '.' || part === '..') return `the path contains "${part}"`;
  if (/[. ]$/.test(part)) return `"${part}" ends in a dot or a space, which Windows removes`;
  if (/^[a-z]:/i.test(part)) return `"${part}" begins like a Windows drive`;
  if (deviceName.test(part)) return `"${part}" is a device name on Windows`;
  if (Buffer.byteLength(part) > 255) return `"${part.slice(0, 40)}…" is longer than 255 bytes`;
  return undefined;
}
