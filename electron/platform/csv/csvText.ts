import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | boolean | null | undefined;

/**
 * What becomes of text that a spreadsheet would take for a formula: with `neutralise` it begins with `'`, for people
 * who open the file; with `keep` it stays as it is, for programs.
 */
export type CsvFormulas = 'neutralise' | 'keep';

/** A number is no formula, though it may begin with a sign. */
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * Rows as lines of CSV.
 *
 * Shape:   each line ends with CR LF; nothing is written for null and undefined; booleans are `true` and `false`.
 * Source:  RFC 4180; OWASP, CSV Injection.
 */
export function csvText(rows: readonly (readonly CsvValue[])[], formulas: CsvFormulas): string {
  return stringify([...rows], {
    record_delimiter: '\r\n',
    // Left out, the library quotes CR LF only, and a lone line break in a text would end its row for every reader.
    quote_record_delimiter: true,
    // An empty line is no row to many readers.
    quoted_empty: rows.some((row) => row.length === 1),
    escape_formulas: formulas === 'neutralise',
    cast: {
      boolean: String,
      string: (value) =>
        formulas === 'neutralise' && plainNumber.test(value) ? { value, escape_formulas: false } : value,
    },
  });
}
