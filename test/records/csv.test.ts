import { describe, expect, it } from 'vitest';
import { type CsvPlace, csvPiece } from '../../electron/engine/areas/records/csvPiece.ts';
import { csvText } from '../../electron/platform/csv/csvText.ts';
import type { Records } from '../../electron/records/records.ts';
import { articles, newRecords, setName, staged, standard } from './recordsFixture.ts';

describe('CSV', () => {
  it('quotes as RFC 4180 asks, and ends each line with CR LF', () => {
    expect(csvText([['a,b', 'say "hi"', 'two\nlines', '', null, undefined, 1.5, true]], 'keep')).toBe(
      '"a,b","say ""hi""","two\nlines",,,,1.5,true\r\n',
    );
  });

  it.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1+1'])(
    'makes the formula %j harmless',
    (text) => {
      expect(csvText([[text]], 'neutralise').replaceAll('"', '')).toBe(`'${text}\r\n`);
      expect(csvText([[text]], 'keep').replaceAll('"', '')).toBe(`${text}\r\n`);
    },
  );

  it.each(['-12.50', '+5', '-1', '7'])('leaves the number %s alone', (text) => {
    expect(csvText([[text]], 'neutralise')).toBe(`${text}\r\n`);
  });
});

function publish(records: Records, set: string, codes: readonly string[]): void {
  const { editionId } = staged(
    records,
    codes.map((code) => [code, '1', '']),
    { set },
  );
  records.publish(articles.name, setName(set), editionId, 1);
}

describe('rows as CSV, piece by piece', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);

  it('are all there, once, also when another edition is published meanwhile', () => {
    const { records } = newRecords();
    records.addDataset(articles);
    publish(records, 'default', numbered(12_345));
    let at: CsvPlace | undefined;
    let csv = '';
    let pieces = 0;
    do {
      const piece = csvPiece(records, articles, { dataset: articles.name, formulas: 'keep', at });
      csv += piece.csv;
      at = piece.next;
      pieces += 1;
      if (pieces === 1) publish(records, 'default', ['other']);
    } while (at !== undefined);
    expect(pieces).toBeGreaterThan(2);
    expect(csv).toBe(['code,price,added', ...numbered(12_345).map((code) => `${code},1,`), ''].join('\r\n'));
  });

  it('say their set where there are several, and only the rows that are wanted', () => {
    const { records } = newRecords();
    records.addDataset(articles);
    publish(records, 'b', ['B', 'A']);
    publish(records, 'a', ['A']);
    const ask = { dataset: articles.name, formulas: 'keep', at: undefined } as const;
    expect(csvPiece(records, articles, { ...ask, search: 'a' }).csv).toBe(
      'set,code,price,added\r\na,A,1,\r\nb,A,1,\r\n',
    );
    expect(csvPiece(records, articles, { ...ask, set: setName('b') }).csv).toBe(
      'code,price,added\r\nB,1,\r\nA,1,\r\n',
    );
    expect(csvPiece(records, articles, { ...ask, set: standard })).toEqual({
      csv: 'code,price,added\r\n',
      rows: 0,
    });
  });

  it('come a few at a time where values are long', () => {
    const { records } = newRecords();
    records.addDataset(articles);
    publish(
      records,
      'default',
      Array.from({ length: 8 }, (_, index) => String(index).repeat(900_000)),
    );
    const ask = { dataset: articles.name, formulas: 'keep' } as const;
    const lengths: number[] = [];
    let at: CsvPlace | undefined;
    do {
      const piece = csvPiece(records, articles, { ...ask, at });
      lengths.push(piece.csv.length);
      at = piece.next;
    } while (at !== undefined);
    expect(Math.max(...lengths)).toBeLessThan(5_000_000);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(8 * 900_000);
  });
});
