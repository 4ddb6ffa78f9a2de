/** What a spreadsheet takes for a formula, or for the mark that we put before one. A plain number is none. */
const danger = /^'*[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+(?:[.,]\d+)*$/;

/**
 * A value as it may stand in a CSV that a person opens: with a `'` before what a spreadsheet would take for a
 * formula (CSV injection). A value that has such a mark already gets one more, so that nothing is lost.
 *
 * Promise: `restoreFormula` gives back exactly what went in.
 */
export function neutraliseFormula(value: string): string {
  return danger.test(value) && !plainNumber.test(value) ? `'${value}` : value;
}

/** Takes one mark away where `neutraliseFormula` has put one. */
export function restoreFormula(value: string): string {
  if (!value.startsWith("'")) return value;
  const rest = value.slice(1);
  return danger.test(rest) && !plainNumber.test(rest) ? rest : value;
}
