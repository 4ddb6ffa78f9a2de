import type { Dataset } from '../../../shared/dataset.ts';
import { restoreFormula } from '../formulas.ts';
import { importError, quoted } from '../importError.ts';
import type { RowFault } from './csvRows.ts';
import { type MatchedHeader, matchHeader } from './matchHeader.ts';
import type { FaultyRow, RowReceiver } from './rowSource.ts';

export interface FieldReaderParts {
  readonly name: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly dataset: Dataset;
  readonly receiver: RowReceiver;
}

/** Makes rows of the dataset's columns out of rows of fields; the first row is the header. */
export class FieldReader {
  readonly #parts: FieldReaderParts;
  #header: MatchedHeader | undefined;
  /** Set once a NUL was seen anywhere: only then are values searched for it. */
  mayHaveNul = false;

  constructor(parts: FieldReaderParts) {
    this.#parts = parts;
  }

  get hasHeader(): boolean {
    return this.#header !== undefined;
  }

  row(line: number, fields: string[], fault: RowFault | undefined): void {
    if (isEmpty(fields)) return;
    const header = this.#header;
    if (header === undefined) {
      this.#begin(line, fields, fault);
      return;
    }
    const { receiver } = this.#parts;
    const kind = fault ?? this.#faultOf(fields, header.width);
    if (kind !== undefined) {
      receiver.fault({ line, kind, fields, width: header.width });
      return;
    }
    const isCorrection = header.correctionRun >= 0;
    const corrects = isCorrection ? (fields[header.correctionRun] ?? '') : '';
    const columns = header.straight
      ? fields
      : header.fieldOf.map((field) => (field < 0 ? '' : (fields[field] ?? '')));
    receiver.row({ line, texts: isCorrection ? columns.map(restoreFormula) : columns, corrects });
  }

  #faultOf(fields: readonly string[], width: number): FaultyRow['kind'] | undefined {
    if (fields.length !== width) return 'width';
    return this.mayHaveNul && fields.some((field) => field.includes('\0')) ? 'nul' : undefined;
  }

  #begin(line: number, fields: string[], fault: RowFault | undefined): void {
    const { dataset, receiver, name, encoding, delimiter } = this.#parts;
    if (fault !== undefined) {
      throw importError(
        'wrong-header',
        `Line ${line} of ${quoted(name)}, which should name the columns, is not a line of CSV.`,
        `Its columns are: ${dataset.columns.map((column) => column.name).join(', ')}.`,
      );
    }
    const header = matchHeader(dataset, fields, name);
    this.#header = header;
    receiver.begin({
      name,
      encoding,
      delimiter,
      missing: header.missing,
      isCorrection: header.correctionRun >= 0,
    });
  }
}

/** An empty line, or the row of nothing but delimiters that spreadsheets leave behind. */
function isEmpty(fields: readonly string[]): boolean {
  return fields[0] === '' && fields.every((field) => field === '');
}
