import type { RowFault } from './csvRows.ts';

/** Bytes of one CSV, opened once. */
export interface CsvBytes {
  /** For messages: the file's name, or its name in the archive. */
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

/** What is read of a file, in the order of the file. */
export interface RowReceiver {
  /** The header was understood. `fields` is as the file has it, without what it says of rejected rows. */
  begin(file: ReadFile): void;
  /** One row: a text for each column of the dataset. */
  row(row: ReadRow): void;
  /** A row that is not as wide as the header, or cannot be read. */
  fault(fault: FaultyRow): void;
}

export interface ReadFile {
  readonly name: string;
  readonly encoding: string;
  readonly delimiter: string;
  /** Columns the file leaves out and may leave out, by title. */
  readonly missing: readonly string[];
  /** Only one run's rejected rows, corrected. */
  readonly isCorrection: boolean;
}

export interface ReadRow {
  readonly line: number;
  /** In the order of the dataset's columns, as written. */
  readonly texts: readonly string[];
  /** Corrections only: the run whose row it was; empty otherwise. */
  readonly corrects: string;
}

export interface FaultyRow {
  readonly line: number;
  readonly kind: RowFault | 'width' | 'nul';
  readonly fields: readonly string[];
  /** How many fields the header has. */
  readonly width: number;
}
