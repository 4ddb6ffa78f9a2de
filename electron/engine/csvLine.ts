/**
 * One line of CSV for people who open it in a spreadsheet.
 *
 * Promise: quoted where RFC 4180 asks for it; text that a spreadsheet would take for a formula begins with `'`.
 */
export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
