/** Beyond these a listing is not believed. */
export const longestListing = 100_000;
export const longestName = 1000;
/** Room for the longest name in UTF-8 and a line's other columns. */
export const longestLineBytes = 4 * longestName + 1000;
export const largestListingBytes = 64 * 1024 * 1024;

/** A name that can be the last part of a path. Everything else in a listing is left out. */
export function isUsableName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name);
}
