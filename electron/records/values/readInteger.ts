import { ungroup } from './ungroup.ts';

/** A whole number; undefined where the text is none, or one that a computer's number cannot hold exactly. */
export function readInteger(written: string, thousandsSeparator: string): number | undefined {
  const plain = plainDigits(written);
  if (plain >= 0) return plain;
  const digits = ungroup(written, thousandsSeparator);
  if (digits === undefined || !/^[+-]?\d{1,30}$/.test(digits)) return undefined;
  const value = Number(digits);
  // Adding zero turns -0 into 0.
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** The value of one to nine digits; -1 for anything else. Nearly all values are such, and this is the quick way. */
function plainDigits(text: string): number {
  if (text.length === 0 || text.length > 9) return -1;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return value;
}
