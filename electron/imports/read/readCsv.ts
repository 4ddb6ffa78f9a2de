import type { Dataset } from '../../../shared/dataset.ts';
import type { ImportEncoding } from '../../../shared/importsSettings.ts';
import { importError, quoted } from '../importError.ts';
import { CsvRows } from './csvRows.ts';
import { countLineEnds } from './csvScan.ts';
import { decodeText, UndecodableBytes } from './decodeText.ts';
import { detectDelimiter } from './detectDelimiter.ts';
import { FieldReader } from './fieldReader.ts';
import type { CsvBytes, RowReceiver } from './rowSource.ts';

/** Longer rows are kept out. The longest text that a dataset may ask for has a million characters. */
const mostRowLength = 2_000_000;
/** The header stands within this. */
const beginLength = 65_536;

/**
 * Reads one CSV to its end.
 *
 * Promise: rows come in the order of the file, at the line on which each begins; empty lines are passed over.
 *          Memory does not grow with the file.
 * Errors:  fix: no-header, wrong-header, not-utf8, damaged-text, quote-not-closed; those of the bytes and of the
 *          receiver.
 */
export async function readCsv(
  file: CsvBytes,
  dataset: Dataset,
  encodingSet: ImportEncoding,
  receiver: RowReceiver,
): Promise<void> {
  const { encoding, pieces } = await decodeText(file.bytes, encodingSet);
  let reading: Reading | undefined;
  let begin = '';
  const open = () => openReading({ name: file.name, encoding, dataset, receiver, begin });
  try {
    for await (const piece of pieces) {
      if (reading !== undefined) reading.write(piece);
      else {
        begin += piece;
        if (begin.length >= beginLength) reading = open();
      }
    }
  } catch (error) {
    if (!(error instanceof UndecodableBytes)) throw error;
    throw undecodable(error, file.name, reading?.lineAtEnd() ?? countLineEnds(begin) + 1);
  }
  reading ??= open();
  reading.end();
}

interface Reading {
  write(piece: string): void;
  /** The line on which the text that came so far ends. */
  lineAtEnd(): number;
  end(): void;
}

function openReading(parts: {
  readonly name: string;
  readonly encoding: string;
  readonly dataset: Dataset;
  readonly receiver: RowReceiver;
  readonly begin: string;
}): Reading {
  const { name, dataset, begin } = parts;
  const { delimiter, skipLines } = detectDelimiter(dataset, begin);
  const reader = new FieldReader({ ...parts, delimiter });
  const rows = new CsvRows({
    delimiter,
    mostRowLength,
    onRow: (line, fields, fault) => {
      if (line > skipLines) reader.row(line, fields, fault);
    },
  });
  const write = (piece: string) => {
    if (piece.includes('\0')) reader.mayHaveNul = true;
    rows.write(piece);
  };
  write(begin);
  return {
    write,
    lineAtEnd: () => rows.lineAtEnd(),
    end() {
      const openQuote = rows.end();
      if (openQuote !== undefined) {
        throw importError(
          'quote-not-closed',
          `A quote in the row that begins in line ${openQuote} of ${quoted(name)} is never closed, so that nothing after it can be told apart. The file may be cut off.`,
          'Correct the line, or have the whole file sent again.',
        );
      }
      if (!reader.hasHeader) {
        throw importError(
          'no-header',
          `There is nothing in ${quoted(name)}, not even a header.`,
          'Its first line must name the columns.',
        );
      }
    },
  };
}

function undecodable(error: UndecodableBytes, name: string, line: number): Error {
  if (error.encoding !== 'utf-8') {
    return importError(
      'damaged-text',
      `About line ${line} of ${quoted(name)} there is something that is not ${error.encoding.toUpperCase()}: the file is damaged, or cut off.`,
      'Save it as "CSV UTF-8" and drop it again.',
    );
  }
  const byte = (error.byte ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return importError(
    'not-utf8',
    `Line ${line} of ${quoted(name)} has a byte (${byte}) that is not UTF-8. The file seems to be written in Windows-1252 or another old encoding, in which letters like é cannot be told for certain.`,
    'Save it as "CSV UTF-8" and drop it again; or, where this partner always writes so, set the encoding of the import channel to windows-1252.',
  );
}
