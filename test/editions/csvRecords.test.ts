import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvRecords } from '../../electron/engine/areas/editions/csvRecords.ts';
import { csvText } from '../../electron/platform/csv/csvText.ts';

async function read(text: string, pieceLength: number): Promise<string[][]> {
  const pieces = async function* () {
    for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength);
  };
  const records: string[][] = [];
  for await (const record of csvRecords(pieces())) records.push(record);
  return records;
}

it('what is written as CSV is read back, whatever stands in it and however it is cut into pieces', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', '=', '-', "'", 'é', '𝄞') });
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, pieceLength) => {
      expect(await read(csvText(rows, 'keep'), pieceLength)).toEqual(rows);
    }),
    { numRuns: 300 },
  );
});

it('what is cut off, or goes on after a quote, is refused', async () => {
  await expect(read('a,b\r\nc,"d', 3)).rejects.toThrow(SyntaxError);
  await expect(read('a,"b"c\r\n', 3)).rejects.toThrow(SyntaxError);
  await expect(read('a,b\rc\r\n', 3)).rejects.toThrow(SyntaxError);
});
