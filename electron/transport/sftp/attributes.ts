/** What a server told of a file or folder; what it did not tell is undefined. */
export interface Attributes {
  readonly kind: 'file' | 'folder' | 'other' | undefined;
  readonly sizeBytes: number | undefined;
  /** Epoch milliseconds. */
  readonly modifiedMs: number | undefined;
}

/** The type bits of a POSIX mode: S_IFMT, S_IFDIR, S_IFREG. */
const typeBits = 0xf000;
const kinds: Readonly<Record<number, Attributes['kind']>> = { [0x4000]: 'folder', [0x8000]: 'file' };

/** Reads attributes as the library hands them on; undefined for anything else. Source: filexfer-02 §5. */
export function readAttributes(answer: unknown): Attributes | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const mode = numberIn(answer, 'mode');
  const size = numberIn(answer, 'size');
  const modified = numberIn(answer, 'mtime');
  if (Array.isArray(answer) || Buffer.isBuffer(answer)) return undefined;
  return {
    kind: mode === undefined || (mode & typeBits) === 0 ? undefined : (kinds[mode & typeBits] ?? 'other'),
    sizeBytes: size !== undefined && Number.isSafeInteger(size) ? size : undefined,
    modifiedMs: modified === undefined ? undefined : modified * 1000,
  };
}

function numberIn(value: object, name: 'mode' | 'size' | 'mtime'): number | undefined {
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'number' && found >= 0 ? found : undefined;
}
