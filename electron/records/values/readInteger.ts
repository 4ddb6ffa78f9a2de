import { ungroup } from './ungroup.ts';

/** A whole number; undefined where the text is none, or one that a computer's number cannot hold exactly. */
export function readInteger(written: string, thousandsSeparator: string): number | undefined {
  const digits = ungroup(written, thousandsSeparator);
  if (digits === undefined || !/^[+-]?\d{1,30}$/.test(digits)) return undefined;
  const value = Number(digits);
  // Adding zero turns -0 into 0.
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}
