import type { Dataset } from '../../../shared/dataset.ts';
import { CsvRows } from './csvRows.ts';
import { countMatches } from './matchHeader.ts';

export interface DetectedDelimiter {
  readonly delimiter: string;
  /** Lines before the header: the `sep=;` that Excel understands. */
  readonly skipLines: number;
}

const candidates = [',', ';', '\t'] as const;

/** The delimiter under which the first row names most columns of the dataset; then, the one that cuts it most. */
export function detectDelimiter(dataset: Dataset, begin: string): DetectedDelimiter {
  const told = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(begin);
  if (told?.[1] !== undefined) return { delimiter: told[1], skipLines: 1 };
  let best: { delimiter: string; matches: number; fields: number } = {
    delimiter: ',',
    matches: -1,
    fields: 0,
  };
  for (const delimiter of candidates) {
    const header = firstRow(begin, delimiter);
    const matches = countMatches(dataset, header);
    if (matches > best.matches || (matches === best.matches && header.length > best.fields)) {
      best = { delimiter, matches, fields: header.length };
    }
  }
  return { delimiter: best.delimiter, skipLines: 0 };
}

/** The first row that is not empty. */
function firstRow(text: string, delimiter: string): readonly string[] {
  let found: readonly string[] | undefined;
  const rows = new CsvRows({
    delimiter,
    mostRowLength: text.length,
    onRow: (_line, fields) => {
      if (found === undefined && fields.some((field) => field.trim() !== '')) found = fields;
    },
  });
  rows.write(text);
  rows.end();
  return found ?? [];
}
