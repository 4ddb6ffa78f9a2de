import type { Column, Dataset } from '../../../shared/dataset.ts';
import { correctionColumns } from '../correctionColumns.ts';
import { importError, quoted } from '../importError.ts';

/** Which field of a file is which column of the dataset. */
export interface MatchedHeader {
  /** For each column of the dataset, in its order, the field of the file; -1 where the file has none. */
  readonly fieldOf: readonly number[];
  /** How many fields a row has. */
  readonly width: number;
  /** The fields are the columns, one for one: nothing needs to be moved. */
  readonly straight: boolean;
  /** Titles of columns that the file may leave out, and does. */
  readonly missing: readonly string[];
  /** Fields of a file of rejected rows that say what was wrong; -1 in any other file. */
  readonly correctionRun: number;
}

/** Case, blanks and the marks that join words do not count. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '');
}

function columnOf(columns: readonly Column[], name: string): number {
  const wanted = plain(name);
  if (wanted === '') return -1;
  const byName = columns.findIndex((column) => plain(column.name) === wanted);
  return byName >= 0 ? byName : columns.findIndex((column) => plain(column.title) === wanted);
}

/** How many fields of this header are columns of the dataset: tells the right delimiter from a wrong one. */
export function countMatches(dataset: Dataset, header: readonly string[]): number {
  return header.filter((name) => columnOf(dataset.columns, name) >= 0).length;
}

/**
 * Finds the dataset's columns in a header row, by name or title.
 *
 * Errors: wrong-header (fix), naming what is missing, doubled or not known.
 */
export function matchHeader(dataset: Dataset, header: readonly string[], file: string): MatchedHeader {
  const { columns, key } = dataset;
  const fieldOf: number[] = columns.map(() => -1);
  const doubled: string[] = [];
  const unknown: string[] = [];
  const isCorrection = correctionColumns.every((name) => header.includes(name));
  for (const [field, name] of header.entries()) {
    if (isCorrection && correctionColumns.some((own) => own === name)) continue;
    const column = columnOf(columns, name);
    if (column < 0)
      unknown.push(name.trim() === '' ? `the empty one at place ${field + 1}` : quoted(name.trim()));
    else if (fieldOf[column] !== -1) doubled.push(quoted(name.trim()));
    else fieldOf[column] = field;
  }
  const absent = columns.filter((_, index) => fieldOf[index] === -1);
  const needed = absent.filter(
    ({ name, required, warnings }) => key.includes(name) || (required && !warnings.includes('required')),
  );
  if (doubled.length + unknown.length + needed.length > 0) {
    throw importError(
      'wrong-header',
      [
        `The header of ${quoted(file)} does not fit the dataset ${dataset.name}.`,
        sentence(
          'Missing',
          needed.map(({ name }) => quoted(name)),
        ),
        sentence('Twice there', doubled),
        sentence('Not known', unknown),
      ]
        .filter((part) => part !== '')
        .join(' '),
      `Its columns are: ${columns.map(({ name }) => name).join(', ')}. The first line of the file must name them, in any order.`,
    );
  }
  return {
    fieldOf,
    width: header.length,
    straight: header.length === columns.length && fieldOf.every((field, column) => field === column),
    missing: absent.map(({ name, title }) => (title === '' ? name : title)),
    correctionRun: isCorrection ? header.indexOf(correctionColumns[0]) : -1,
  };
}

function sentence(what: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const told = names.slice(0, 10).join(', ');
  return `${what}: ${told}${names.length > 10 ? ` and ${names.length - 10} more` : ''}.`;
}
