import { dataset } from './recordsFixture.ts';

/** Rows that say which edition they belong to, so that a mixture is seen. */
export const marks = dataset(
  'marks',
  [
    { name: 'id', type: 'integer' },
    { name: 'mark', type: 'integer' },
  ],
  ['id'],
);

/** Each edition has another number of rows; some take several transactions to stage. */
export function rowsOfMark(mark: number): number {
  return 200 + ((mark * 2741) % 6000);
}

export function* markedRows(mark: number): Generator<readonly [string, string]> {
  for (let id = 1; id <= rowsOfMark(mark); id += 1) yield [String(id), String(mark)];
}
