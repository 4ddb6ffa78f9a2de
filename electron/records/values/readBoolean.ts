const words: ReadonlyMap<string, 0 | 1> = new Map([
  ['true', 1],
  ['yes', 1],
  ['y', 1],
  ['t', 1],
  ['1', 1],
  ['false', 0],
  ['no', 0],
  ['n', 0],
  ['f', 0],
  ['0', 0],
]);

/** 1 or 0, as SQLite keeps it; undefined for any other word. */
export function readBoolean(written: string): 0 | 1 | undefined {
  return words.get(written) ?? words.get(written.toLowerCase());
}
