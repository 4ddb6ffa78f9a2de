import type { Column, Parsing } from '../../../shared/dataset.ts';

const orders: Readonly<Record<Parsing['dateOrder'], string>> = {
  'year-month-day': 'like 2026-11-25',
  'day-month-year': 'like 25/11/2026 (day, month, year) or 2026-11-25',
  'month-day-year': 'like 11/25/2026 (month, day, year) or 2026-11-25',
};

/** Why a text is no value of this type, in plain words, with what to look at where the usual mistake is seen. */
export function typeReason(type: Column['type'], text: string, parsing: Parsing): string {
  switch (type) {
    case 'integer':
      return `This is not a whole number${/[.,]/.test(text) ? ': it has a separator that is not expected' : ''}.`;
    case 'decimal':
      return decimalReason(text, parsing);
    case 'date':
      return dateReason(text, parsing);
    case 'boolean':
      return 'This is neither true nor false (yes/no and 1/0 are understood, too).';
    case 'text':
    case 'one-of':
      return 'This is not a text.';
  }
}

function decimalReason(text: string, { decimalSeparator, thousandsSeparator }: Parsing): string {
  const form = `written like ${thousandsSeparator === '' ? '1234' : `1${thousandsSeparator}234`}${decimalSeparator}50`;
  if (/\de[+-]?\d/i.test(text)) return `This is a number with an exponent; it must be written out, ${form}.`;
  const other = decimalSeparator === '.' ? ',' : '.';
  const hint = text.includes(other)
    ? ' Decimals and thousands have another separator here than expected.'
    : '';
  return `This is not a number ${form}.${hint}`;
}

function dateReason(text: string, { dateOrder }: Parsing): string {
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})$/.exec(text);
  const form = `This is not a date ${orders[dateOrder]}.`;
  if (parts === null) return form;
  const [, first = '', second = '', year = ''] = parts;
  if (year.length !== 4) return `${form} The year must have four digits.`;
  if (dateOrder === 'year-month-day') return `${form} It is in another order than expected.`;
  const month = Number(dateOrder === 'day-month-year' ? second : first);
  return month > 12 ? `${form} Day and month are in another order than expected.` : form;
}
