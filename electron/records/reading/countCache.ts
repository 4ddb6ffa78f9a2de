import type { SQLInputValue } from 'node:sqlite';
import type { EditionRow } from '../editionsTable.ts';

/** How many rows matched, of the last few questions: paging on asks the same again, and counting reads every row. */
export interface CountCache {
  count(
    edition: EditionRow,
    question: { readonly where: string; readonly values: readonly SQLInputValue[] },
    make: () => number,
  ): number;
  /** A row was added or changed. */
  forget(): void;
}

const mostKept = 50;

/** `isTrusted`: nobody else writes; otherwise nothing is remembered. */
export function createCountCache(isTrusted: boolean): CountCache {
  const kept = new Map<string, number>();
  return {
    count(edition, { where, values }, make) {
      if (!isTrusted || where === 'TRUE') return make();
      const key = JSON.stringify([edition.number, where, values]);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = make();
      const [oldest] = kept.keys();
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
      kept.set(key, made);
      return made;
    },
    forget: () => kept.clear(),
  };
}
