import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRows } from '../../electron/imports/read/csvRows.ts';
import { header, readSample } from './readSample.ts';

const good = 'A1,24,199.50,2026-01-31,ok';
const goodRow = ['A1', '24', '199.50', '2026-01-31', 'ok'] as const;

describe('a CSV is read as it was meant, at the right lines', () => {
  test.each<[string, string | Buffer, [number, ...string[]][]]>([
    ['plain', `${header}\n${good}\n`, [[2, ...goodRow]]],
    ['without a line end at its end', `${header}\n${good}`, [[2, ...goodRow]]],
    [
      'with CR LF',
      `${header}\r\n${good}\r\n${good}\r\n`,
      [
        [2, ...goodRow],
        [3, ...goodRow],
      ],
    ],
    [
      'with the CRs of an old Mac',
      `${header}\r${good}\r${good}`,
      [
        [2, ...goodRow],
        [3, ...goodRow],
      ],
    ],
    [
      'with mixed line ends',
      `${header}\r\n${good}\n${good}\r${good}`,
      [
        [2, ...goodRow],
        [3, ...goodRow],
        [4, ...goodRow],
      ],
    ],
    [
      'with empty lines',
      `\n\n${header}\n\n${good}\n\n\n${good}\n\n`,
      [
        [5, ...goodRow],
        [8, ...goodRow],
      ],
    ],
    ['with rows of nothing but delimiters', `${header}\n,,,,\n${good}\n,,,,\n`, [[3, ...goodRow]]],
    ['with only a header', `${header}\n`, []],
    [
      'with quotes',
      `${header}\n"A,1","24","199.50",2026-01-31,"he said ""no"""\n`,
      [[2, 'A,1', '24', '199.50', '2026-01-31', 'he said "no"']],
    ],
    [
      'with line ends within quotes',
      `${header}\n"A\n1",24,1,2026-01-31,"a\r\nb\rc"\n${good}\n`,
      [
        [2, 'A\n1', '24', '1', '2026-01-31', 'a\r\nb\rc'],
        [6, ...goodRow],
      ],
    ],
    [
      'with empty quoted fields',
      `${header}\nA1,"","",,""\n${good}\n`,
      [
        [2, 'A1', '', '', '', ''],
        [3, ...goodRow],
      ],
    ],
    [
      'with a quote in an unquoted field',
      `${header}\nA1,24,1,2026-01-31,5" rims\n`,
      [[2, 'A1', '24', '1', '2026-01-31', '5" rims']],
    ],
    [
      'with semicolons',
      `${header.replaceAll(',', ';')}\nA1;24;1,5;2026-01-31;x\n`,
      [[2, 'A1', '24', '1,5', '2026-01-31', 'x']],
    ],
    [
      'with tabs',
      `${header.replaceAll(',', '\t')}\nA1\t24\t1\t2026-01-31\ta,b\n`,
      [[2, 'A1', '24', '1', '2026-01-31', 'a,b']],
    ],
    [
      'with the line by which Excel tells the delimiter',
      `sep=;\n${header.replaceAll(',', ';')}\n${good.replaceAll(',', ';')}\n`,
      [[3, ...goodRow]],
    ],
    [
      'with columns by title, in another order and case',
      'NOTE, Vehicle Code ,Valid_From,RATE,Term\nok,A1,2026-01-31,199.50,24\n',
      [[2, ...goodRow]],
    ],
    ['without a column that may be missing', 'vehicle,term,rate\nA1,24,1\n', [[2, 'A1', '24', '1', '', '']]],
    [
      'in UTF-8 with a byte order mark',
      `\u{feff}${header}\nÄ1,24,1,2026-01-31,€ 𝄞\n`,
      [[2, 'Ä1', '24', '1', '2026-01-31', '€ 𝄞']],
    ],
    [
      'in UTF-16 LE with a byte order mark',
      utf16(`\u{feff}${header}\nÄ1,24,1,2026-01-31,€ 𝄞\n`, 'le'),
      [[2, 'Ä1', '24', '1', '2026-01-31', '€ 𝄞']],
    ],
    [
      'in UTF-16 BE with a byte order mark',
      utf16(`\u{feff}${header}\nÄ1,24,1,2026-01-31,€\n`, 'be'),
      [[2, 'Ä1', '24', '1', '2026-01-31', '€']],
    ],
    ['in UTF-16 LE without a mark', utf16(`${header}\n${good}\n`, 'le'), [[2, ...goodRow]]],
    ['in UTF-16 BE without a mark', utf16(`${header}\n${good}\n`, 'be'), [[2, ...goodRow]]],
  ])('%s', async (_title, bytes, rows) => {
    for (const pieceBytes of [1, 7, 1_000_000]) {
      const sample = await readSample(bytes, { pieceBytes });
      expect(sample.rows).toEqual(rows);
      expect(sample.faults).toEqual([]);
    }
  });
});

function utf16(text: string, end: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return end === 'le' ? bytes : bytes.swap16();
}

describe('a row that cannot be taken costs its own line only', () => {
  const long = 'x'.repeat(10_000_000);
  test.each<[string, string, [number, string][], number[]]>([
    ['too few fields', `${header}\nA1,24\n${good}\n`, [[2, 'width']], [3]],
    ['too many fields', `${header}\n${good}\n${good},,\n${good}\n`, [[3, 'width']], [2, 4]],
    ['text after a closing quote', `${header}\n"A"1,24,1,2026-01-31,x\n${good}\n`, [[2, 'quotes']], [3]],
    [
      'quotes that are not doubled',
      `${header}\n${good}\nA1,24,1,2026-01-31,"5" rims"\n${good}\n`,
      [[3, 'quotes']],
      [2, 4],
    ],
    [
      'a stray quote that a later row seems to close',
      `${header}\n"A1,24,1,2026-01-31,x\n"B1",24,1,2026-01-31,x\n${good}\n`,
      [[2, 'quotes']],
      [3, 4],
    ],
    ['a NUL', `${header}\n${good}\nA\0,24,1,2026-01-31,x\n${good}\n`, [[3, 'nul']], [2, 4]],
    ['a cell of 10 MB', `${header}\nA1,24,1,2026-01-31,${long}\n${good}\n`, [[2, 'too-long']], [3]],
    [
      'a quoted cell of 10 MB with line ends',
      `${header}\nA1,24,1,2026-01-31,"${long}\n\r\n""${long}"\n${good}\n`,
      [[2, 'too-long']],
      [5],
    ],
  ])('%s', async (_title, text, faults, lines) => {
    for (const pieceBytes of text.length > 1_000_000 ? [262_144] : [1, 7, 1_000_000]) {
      const sample = await readSample(text, { pieceBytes });
      expect(sample.faults).toEqual(faults);
      expect(sample.rows.map(([line]) => line)).toEqual(lines);
    }
  });
});

describe('a file that cannot be understood is refused whole, in plain words', () => {
  test.each<[string, string | Buffer, string, RegExp]>([
    ['nothing', '', 'no-header', /nothing in "rates.csv"/],
    ['empty lines', '\n\r\n\n', 'no-header', /not even a header/],
    ['a missing column', 'term,rate\n24,1\n', 'wrong-header', /Missing: "vehicle"/],
    ['a column twice', `${header},Vehicle\nA1,24,1,,,A2\n`, 'wrong-header', /Twice there: "Vehicle"/],
    [
      'a column by name and by title',
      'vehicle,vehicle code,term\nA,B,24\n',
      'wrong-header',
      /Twice there: "vehicle code"/,
    ],
    ['a column that is not known', `${header},colour\n`, 'wrong-header', /Not known: "colour"/],
    ['a column without a name', `${header},\n`, 'wrong-header', /the empty one at place 6/],
    ['a quote that is never closed', `${header}\n${good}\n"A1,24\n${good}\n`, 'quote-not-closed', /line 3 /],
    [
      'a very long quote that is never closed',
      `${header}\n${good}\n"${'x\n'.repeat(2_000_000)}`,
      'quote-not-closed',
      /line 3 /,
    ],
    [
      'Windows-1252',
      Buffer.concat([
        Buffer.from(`${header}\n${good}\nA1,24,1,,caf`),
        Buffer.from([0xe9]),
        Buffer.from('\n'),
      ]),
      'not-utf8',
      /^Line 3 .*\(E9\).*Windows-1252/,
    ],
    [
      'Windows-1252 after a quoted line end',
      Buffer.concat([Buffer.from(`${header}\r\nA1,24,1,,"a\r\nb"\r\nA2,24,1,,`), Buffer.from([0x80, 0x0a])]),
      'not-utf8',
      /^Line 4 /,
    ],
    [
      'UTF-8 that is cut off',
      Buffer.concat([Buffer.from(`${header}\nA1,24,1,,`), Buffer.from([0xe2, 0x82])]),
      'not-utf8',
      /^Line 2 /,
    ],
    [
      'UTF-16 that is cut off',
      utf16(`\u{feff}${header}\n${good}`, 'le').subarray(0, -1),
      'damaged-text',
      /UTF-16LE/,
    ],
  ])('%s', async (_title, bytes, code, message) => {
    for (const pieceBytes of bytes.length > 1_000_000 ? [262_144] : [1, 7, 1_000_000]) {
      await expect(readSample(bytes, { pieceBytes })).rejects.toMatchObject({
        code,
        class: 'fix',
        message: expect.stringMatching(message),
      });
    }
  });

  test('Windows-1252 is read where the channel says so', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}\nA1,24,1,,caf`),
      Buffer.from([0xe9, 0x20, 0x80, 0x0a]),
    ]);
    const { rows } = await readSample(bytes, { encoding: 'windows-1252' });
    expect(rows).toEqual([[2, 'A1', '24', '1', '', 'café €']]);
  });
});

const csvText = fc.array(fc.constantFrom('a', 'é', '"', '""', ',', '\n', '\r\n', 'bc', ' ', '"x"'), {
  maxLength: 40,
});

describe('against another reader', () => {
  test('whatever csv-parse takes is read the same, however it is cut', () => {
    fc.assert(
      fc.property(csvText, fc.integer({ min: 1, max: 9 }), (parts, pieceLength) => {
        const text = parts.join('');
        let expected: string[][];
        try {
          expected = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] });
        } catch {
          return;
        }
        const found: string[][] = [];
        const rows = new CsvRows({
          delimiter: ',',
          mostRowLength: 1000,
          onRow: (_line, fields) => found.push(fields),
        });
        for (let at = 0; at < text.length; at += pieceLength) rows.write(text.slice(at, at + pieceLength));
        expect(rows.end()).toBeUndefined();
        expect(found).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test('every line is told once, and lines are counted as an editor counts them', () => {
    fc.assert(
      fc.property(csvText, fc.integer({ min: 1, max: 9 }), (parts, pieceLength) => {
        const text = parts.join('').replaceAll('"', '');
        const lines: number[] = [];
        const rows = new CsvRows({ delimiter: ',', mostRowLength: 1000, onRow: (line) => lines.push(line) });
        for (let at = 0; at < text.length; at += pieceLength) rows.write(text.slice(at, at + pieceLength));
        rows.end();
        const whole = text.split(/\r\n|\n|\r/);
        const last = whole.at(-1) === '' ? whole.length - 1 : whole.length;
        expect(lines).toEqual(Array.from({ length: last }, (_, index) => index + 1));
      }),
    );
  });
});
