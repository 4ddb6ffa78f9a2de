import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ExchangeError } from '../../../shared/errors.ts';
import { importError, quoted } from '../importError.ts';
import type { CsvBytes } from '../read/rowSource.ts';
import { checkEntry, isPassedOver, zipLimits } from './checkEntries.ts';
import { countedBytes } from './countedBytes.ts';

/** An archive whose directory was read and checked; its contents are checked while they are read. */
export interface OpenZip {
  readonly names: readonly string[];
  /** What the archive says of the size of all of it, unpacked. */
  readonly totalBytes: number;
  files(): AsyncIterable<CsvBytes>;
  close(): void;
}

/**
 * Opens a ZIP of CSVs.
 *
 * Promise: refused whole, with a plain reason, when anything in it is not a CSV, or not safe: names that lead
 *          elsewhere, double names (also by case), links, encryption, too many entries, too much, contents that do
 *          not match their checksum or size. Nothing is unpacked to the disk.
 * Errors:  wrong-archive, damaged-archive (fix).
 */
export async function openZip(path: string, name: string): Promise<OpenZip> {
  const zip = await opened(path, name);
  try {
    const entries = await readEntries(zip, name);
    return {
      names: entries.map((entry) => entry.fileName),
      totalBytes: entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0),
      files: () => eachFile(zip, entries, name),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function opened(path: string, name: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw damaged(name, error);
  }
}

async function readEntries(zip: ZipFile, name: string): Promise<Entry[]> {
  const found: Entry[] = [];
  const names = new Map<string, string>();
  let total = 0;
  let count = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      count += 1;
      if (count > zipLimits.mostEntries) {
        throw wrong(name, `it has more than ${zipLimits.mostEntries} entries`);
      }
      if (isPassedOver(entry.fileName)) continue;
      if (entry.fileName === '[Content_Types].xml') throw workbook(name);
      const trouble = checkEntry(entry);
      if (trouble !== undefined) throw wrong(name, `${quoted(entry.fileName)} ${trouble}`);
      const same = entry.fileName.normalize('NFC').toLowerCase();
      const twin = names.get(same);
      if (twin !== undefined) throw wrong(name, `${quoted(twin)} is in it twice`);
      names.set(same, entry.fileName);
      await checkLocalName(zip, entry, name);
      total += entry.uncompressedSize;
      if (total > zipLimits.mostBytes) throw tooMuch(name);
      found.push(entry);
    }
  } catch (error) {
    throw error instanceof ExchangeError ? error : damaged(name, error);
  }
  if (found.length === 0) throw wrong(name, 'there is no CSV in it');
  return found;
}

/** Two readers of one archive must see the same names: the directory's and the one before the contents. */
async function checkLocalName(zip: ZipFile, entry: Entry, name: string): Promise<void> {
  const header = await new Promise<{ readonly fileName: Buffer }>((resolve, reject) => {
    zip.readLocalFileHeader(entry, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
  if (!header.fileName.equals(entry.fileNameRaw)) {
    throw wrong(name, `${quoted(entry.fileName)} has another name inside`);
  }
}

async function* eachFile(zip: ZipFile, entries: readonly Entry[], name: string): AsyncGenerator<CsvBytes> {
  let bytesBefore = 0;
  for (const entry of entries) {
    const refuse = (why: string) => wrong(name, `${quoted(entry.fileName)} ${why}`);
    const counted = countedBytes(contents(zip, entry, name), entry, { refuse, bytesBefore });
    yield { name: entry.fileName, bytes: counted };
    bytesBefore += entry.uncompressedSize;
  }
}

async function* contents(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Buffer> {
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry);
    // A stream of yauzl gives buffers.
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof ExchangeError ? error : damaged(name, error, entry.fileName);
  } finally {
    stream?.destroy();
  }
}

function wrong(name: string, why: string): ExchangeError {
  return importError(
    'wrong-archive',
    `The archive ${quoted(name)} is refused: ${why}.`,
    'Send one CSV, or a ZIP with nothing but CSVs in it.',
  );
}

function workbook(name: string): ExchangeError {
  return importError(
    'not-csv',
    `${quoted(name)} is an Excel workbook or another Office file, not a CSV.`,
    'Save the sheet as "CSV UTF-8" and send that.',
  );
}

function tooMuch(name: string): ExchangeError {
  return wrong(name, `it unpacks to more than ${zipLimits.mostBytes / 1_000_000_000} GB`);
}

function damaged(name: string, error: unknown, within?: string): ExchangeError {
  const why = error instanceof Error ? error.message.replaceAll(/\p{C}/gu, '?').slice(0, 200) : '';
  return importError(
    'damaged-archive',
    `The archive ${quoted(name)} is damaged or cut off${within === undefined ? '' : ` at ${quoted(within)}`} (${why}).`,
    'Have it made and sent again.',
  );
}
