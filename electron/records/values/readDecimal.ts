import type { Parsing } from '../../../shared/dataset.ts';
import { ungroup } from './ungroup.ts';

const canonical = /^(?:0|-?[1-9]\d*)(?:\.\d+)?$/;
const loose = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const mostDigits = 60;

/**
 * A decimal number as text, exact: one `.`, no plus, no leading zeros, no sign before zero. The decimals stay as
 * many as were written. Undefined where the text is no such number (an exponent is none), or has more than 60 digits.
 */
export function readDecimal(
  written: string,
  { decimalSeparator, thousandsSeparator }: Parsing,
): string | undefined {
  let text = written;
  if (decimalSeparator === ',' || thousandsSeparator !== '') {
    const comma = written.indexOf(decimalSeparator);
    const whole = ungroup(comma < 0 ? written : written.slice(0, comma), thousandsSeparator);
    if (whole === undefined) return undefined;
    text = comma < 0 ? whole : `${whole}.${written.slice(comma + 1)}`;
    if (decimalSeparator === ',' && whole.includes('.')) return undefined;
  }
  if (text.length > mostDigits + 2) return undefined;
  if (canonical.test(text)) return text;
  const match = loose.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', decimals = ''] = match;
  if (whole === '' && decimals === '') return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const value = decimals === '' ? digits : `${digits}.${decimals}`;
  return sign === '-' && /[1-9]/.test(value) ? `-${value}` : value;
}

/** Without the zeros at its end, so that equal numbers are equal texts: what keys need. */
export function shortestDecimal(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
