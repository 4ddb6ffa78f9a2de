/** Words as a person types them in a POSIX shell. */
export function wordsForShell(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
