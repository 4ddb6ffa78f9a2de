import type { Column, Dataset, Parsing, RowIssue } from '../../../shared/dataset.ts';
import { type ColumnReader, columnReader, type Stored } from './columnReader.ts';

/** As much of a wrong value as an issue shows. */
const shownLength = 200;
const inOrder: readonly RowIssue[] = [];

export interface RowReader {
  /**
   * Reads a row as written into `target`, one value for each column of the dataset in its order. What is wrong with
   * it comes back; with an error among that, `target` is not to be used.
   */
  read(line: number, texts: readonly string[], target: Stored[], offset: number): readonly RowIssue[];
}

export interface RowReaderParts {
  readonly dataset: Dataset;
  /** Names of the columns that a row's texts are for, in their order. */
  readonly columns: readonly string[];
  readonly parsing: Parsing;
  readonly isKnown: (column: Column) => ((value: Stored) => boolean) | undefined;
}

/** Compiles a dataset's columns for rows of one form. */
export function rowReader({ dataset, columns, parsing, isKnown }: RowReaderParts): RowReader {
  const width = columns.length;
  const readers: readonly ColumnReader[] = dataset.columns.map((column) =>
    columnReader(column, { parsing, isKey: dataset.key.includes(column.name), isKnown: isKnown(column) }),
  );
  const places = dataset.columns.map(({ name }) => columns.indexOf(name));
  let issues: RowIssue[] | undefined;
  const at = { line: 0, column: dataset.columns[0], text: '' };

  const complain: Parameters<ColumnReader>[1] = (constraint, reason) => {
    const isWarning = at.column?.warnings.includes(constraint) === true;
    issues ??= [];
    issues.push({
      severity: isWarning ? 'warning' : 'error',
      line: at.line,
      column: at.column?.name ?? '',
      value: shown(at.text),
      reason,
    });
  };

  return {
    read(line, texts, target, offset) {
      if (texts.length !== width) return [raggedRow(line, texts, width)];
      issues = undefined;
      for (let index = 0; index < readers.length; index += 1) {
        const place = places[index] ?? -1;
        const text = place < 0 ? '' : (texts[place] ?? '');
        at.line = line;
        at.column = dataset.columns[index];
        at.text = text;
        target[offset + index] = readers[index]?.(text, complain) ?? null;
      }
      return issues ?? inOrder;
    },
  };
}

function raggedRow(line: number, texts: readonly string[], width: number): RowIssue {
  return {
    severity: 'error',
    line,
    column: '',
    value: shown(texts.join(', ')),
    reason: `This row has ${texts.length} values; the header has ${width}.`,
  };
}

/** A value for people: bounded, in one line. */
export function shown(text: string): string {
  const start = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal or a report.
  return start.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').toWellFormed();
}
