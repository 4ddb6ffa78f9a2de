import { stripVTControlCharacters } from 'node:util';
import { safeText } from './safeText.ts';

const segmenter = new Intl.Segmenter();

/** Columns a text takes on a terminal: letters with their marks count once, CJK and emoji twice. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) {
    width +=
      /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Extended_Pictographic}/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Aligned columns under a head; numbers (columns named in `right`) stand to the right. No head: no head line. */
export function formatTable(
  head: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const all = [...(head === undefined ? [] : [head]), ...rows].map((row) => row.map(safeText));
  const widths = all.reduce<number[]>((found, row) => {
    row.forEach((cell, column) => {
      found[column] = Math.max(found[column] ?? 0, widthOf(cell));
    });
    return found;
  }, []);
  return all.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return right.includes(column) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}
