import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { importError, quoted } from '../importError.ts';
import { openZip } from '../zip/readZip.ts';
import type { CsvBytes } from './rowSource.ts';

/** A file that may be imported. */
export interface ImportFile {
  /** It holds several CSVs, or one in an archive: messages name the one they speak of. */
  readonly isArchive: boolean;
  /** Of all CSVs. */
  readonly totalBytes: number;
  files(): AsyncIterable<CsvBytes>;
  close(): void;
}

const pieceBytes = 256 * 1024;

/** Known by their first bytes, whatever the file is called. */
const others: readonly { readonly begin: readonly number[]; readonly what: string }[] = [
  { begin: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel or Word file' },
  { begin: [0x1f, 0x8b], what: 'a gzip archive' },
  { begin: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7z archive' },
  { begin: [0x52, 0x61, 0x72, 0x21], what: 'a RAR archive' },
  { begin: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive' },
  { begin: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
];

/**
 * Opens one CSV or a ZIP of CSVs; which of the two, its contents say, not its name.
 *
 * Errors: fix: wrong-archive, damaged-archive, not-csv; Node's own file errors.
 */
export async function openImportFile(path: string, name: string): Promise<ImportFile> {
  const begin = await firstBytes(path);
  // "PK": a local file header, or the end of an empty archive.
  if (begin[0] === 0x50 && begin[1] === 0x4b && (begin[2] === 3 || begin[2] === 5)) {
    const zip = await openZip(path, name);
    return { isArchive: true, ...zip };
  }
  const other = others.find(({ begin: known }) => known.every((byte, index) => begin[index] === byte));
  if (other !== undefined) {
    throw importError(
      'not-csv',
      `${quoted(name)} is ${other.what}, not a CSV.`,
      'Save it as "CSV UTF-8"; several CSVs may come in one ZIP.',
    );
  }
  const { size } = await stat(path);
  return {
    isArchive: false,
    totalBytes: size,
    async *files() {
      // Without an encoding, a file's stream gives buffers.
      yield { name, bytes: createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer> };
    },
    close: () => undefined,
  };
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
