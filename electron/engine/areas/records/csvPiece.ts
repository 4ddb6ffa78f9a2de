import type { CallOutput } from '../../../../shared/contract/calls.ts';
import type { Dataset } from '../../../../shared/dataset.ts';
import { type CsvFormulas, type CsvValue, csvText } from '../../../platform/csv/csvText.ts';
import type { Records, Row, RowQuery } from '../../../records/records.ts';

const rowsPerReading = 500;
const rowsPerPiece = 5000;
const charactersPerPiece = 2_000_000;

export interface CsvPlace {
  readonly editionIds: readonly string[];
  readonly index: number;
  readonly number: number;
}

export interface CsvRequest extends Omit<RowQuery, 'sort' | 'offset' | 'limit'> {
  readonly formulas: CsvFormulas;
  readonly at: CsvPlace | undefined;
}

/** One piece of a dataset as CSV; the next ones read the same editions, also when others are published meanwhile. */
export function csvPiece(records: Records, dataset: Dataset, request: CsvRequest): CallOutput<'records.csv'> {
  const isFirst = request.at === undefined;
  const start = request.at ?? { editionIds: editionIds(records, request), index: 0, number: 0 };
  const withSet = start.editionIds.length > 1;
  const columns = dataset.columns.map(({ name }) => name);
  const lines: CsvValue[][] = isFirst ? [[...(withSet ? ['set'] : []), ...columns]] : [];
  const line = (row: Row): CsvValue[] => [
    ...(withSet ? [row.set] : []),
    ...columns.map((name) => row.values[name]),
  ];
  let rows = 0;
  let csv = '';
  let { index, number } = start;
  while (index < start.editionIds.length && rows < rowsPerPiece && csv.length < charactersPerPiece) {
    const { rows: found, isLast } = records.after({
      ...request,
      editionId: start.editionIds[index] ?? '',
      number,
      limit: rowsPerReading,
    });
    csv += csvText([...lines.splice(0), ...found.map(line)], request.formulas);
    rows += found.length;
    number = found.at(-1)?.number ?? number;
    if (isLast) {
      index += 1;
      number = 0;
    }
  }
  csv += csvText(lines, request.formulas);
  const isOver = index >= start.editionIds.length;
  return {
    csv,
    rows,
    ...(isOver ? {} : { next: { editionIds: [...start.editionIds], index, number } }),
  };
}

function editionIds(records: Records, { dataset, set, editionId }: CsvRequest): string[] {
  if (editionId !== undefined) return [editionId];
  return records
    .sets(dataset)
    .filter((state) => set === undefined || state.set === set)
    .flatMap(({ published }) => (published === undefined ? [] : [published.editionId]));
}
