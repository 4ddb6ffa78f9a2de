const grouped: Readonly<Record<string, RegExp>> = {
  ',': /^[+-]?\d{1,3}(?:,\d{3})+$/,
  '.': /^[+-]?\d{1,3}(?:\.\d{3})+$/,
  ' ': /^[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/,
  "'": /^[+-]?\d{1,3}(?:['’]\d{3})+$/,
};

/** Digits without the separators between groups of three; undefined where these stand anywhere else. */
export function ungroup(digits: string, separator: string): string | undefined {
  if (separator === '' || /^[+-]?\d*$/.test(digits)) return digits;
  return grouped[separator]?.test(digits) === true ? digits.replaceAll(/[^\d+-]/g, '') : undefined;
}
