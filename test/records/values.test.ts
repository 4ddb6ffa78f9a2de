import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBoolean } from '../../electron/records/values/readBoolean.ts';
import { readDate } from '../../electron/records/values/readDate.ts';
import { readDecimal, shortestDecimal } from '../../electron/records/values/readDecimal.ts';
import { readInteger } from '../../electron/records/values/readInteger.ts';
import { rowReader } from '../../electron/records/values/rowReader.ts';
import { safePattern } from '../../electron/records/values/safePattern.ts';
import { type Parsing, parsingSchema } from '../../shared/dataset.ts';
import { dataset } from './recordsFixture.ts';

const usual = parsingSchema.parse({});
const german: Parsing = { decimalSeparator: ',', thousandsSeparator: '.', dateOrder: 'day-month-year' };
const swiss: Parsing = { decimalSeparator: '.', thousandsSeparator: "'", dateOrder: 'day-month-year' };
const french: Parsing = { decimalSeparator: ',', thousandsSeparator: ' ', dateOrder: 'day-month-year' };

describe('a decimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['007', '7'],
    ['+12.50', '12.50'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-12.50', '-12.50'],
    ['123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789'],
  ])('%s is %s', (written, value) => expect(readDecimal(written, usual)).toBe(value));

  it.each(['', '.', '-', '1,5', '1e5', '1.2.3', '0x10', '1 000', '--1', '١٢', '1'.repeat(63)])(
    '%j is none',
    (written) => expect(readDecimal(written, usual)).toBeUndefined(),
  );

  it.each([
    ['1.234.567,50', german, '1234567.50'],
    ['12,5', german, '12.5'],
    ['1234,5', german, '1234.5'],
    ["1'234.5", swiss, '1234.5'],
    ['1 234 567,5', french, '1234567.5'],
    ['1\u00a0234,5', french, '1234.5'],
    ['1\u202f234', french, '1234'],
  ])('%s is read as the file writes it', (written, parsing, value) =>
    expect(readDecimal(written, parsing)).toBe(value),
  );

  it.each([
    ['12.5', german],
    ['1.23.456', german],
    ['1.2345,0', german],
    [',', german],
    ['1,234.5', swiss],
  ])('%s is none where separators stand elsewhere', (written, parsing) =>
    expect(readDecimal(written, parsing)).toBeUndefined(),
  );

  it('keeps its amount, and is the same when it is read again', () => {
    const digits = fc.stringMatching(/^[+-]?[0-9]{1,20}(?:\.[0-9]{0,10})?$/);
    fc.assert(
      fc.property(digits, (written) => {
        const value = readDecimal(written, usual);
        expect(Number(value)).toBe(Number(written) + 0);
        expect(readDecimal(value ?? '', usual)).toBe(value);
        expect(Number(shortestDecimal(value ?? ''))).toBe(Number(value));
        expect(shortestDecimal(value ?? '')).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });
});

describe('an integer', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['0042', 42],
    ['+7', 7],
    ['-9007199254740991', -9007199254740991],
    ['123456789', 123456789],
    ['1234567890', 1234567890],
  ])('%s is %d', (written, value) => expect(readInteger(written, '')).toBe(value));

  it.each(['', '1.0', '1,000', '1e3', '9007199254740992', '１', '12a', ' 1'])('%j is none', (written) =>
    expect(readInteger(written, '')).toBeUndefined(),
  );

  it('is read with separators between thousands', () => {
    expect(readInteger('1.234.567', '.')).toBe(1234567);
    expect(readInteger('1.23', '.')).toBeUndefined();
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-25', usual, '2026-11-25'],
    ['20261125', usual, '2026-11-25'],
    ['2024-02-29', usual, '2024-02-29'],
    ['2000-02-29', usual, '2000-02-29'],
    ['25/11/2026', german, '2026-11-25'],
    ['5.1.2026', german, '2026-01-05'],
    ['11-25-2026', { ...usual, dateOrder: 'month-day-year' } as Parsing, '2026-11-25'],
  ])('%s is read', (written, { dateOrder }, value) => expect(readDate(written, dateOrder)).toBe(value));

  it.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '2026-1125',
    '26-11-25',
    '25/11/2026',
    '2026-11-25T00:00',
    '2026-04-31',
  ])('%s is none', (written) => expect(readDate(written, 'year-month-day')).toBeUndefined());

  it('is the calendar of JavaScript, whatever the day', () => {
    const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, of] = iso.split('-');
        expect(readDate(iso, 'year-month-day')).toBe(iso);
        expect(readDate(`${of}.${month}.${year}`, 'day-month-year')).toBe(iso);
      }),
    );
  });
});

it.each([
  ['true', 1],
  ['Yes', 1],
  ['1', 1],
  ['FALSE', 0],
  ['n', 0],
  ['2', undefined],
  ['ja', undefined],
])('%s as a boolean', (written, value) => expect(readBoolean(written)).toBe(value));

describe('a pattern', () => {
  it.each([
    ['[A-Z]{2}-\\d{4}', 'AB-0001', 'xAB-0001'],
    ['a|b', 'b', 'ab'],
    ['(?:ab){2}', 'abab', 'ab'],
    ['[^@\\s]+@[^@\\s]+', 'a@b', 'a@b c'],
    ['\\p{L}+', 'é', '1'],
  ])('%s matches whole values', (pattern, good, bad) => {
    const safe = safePattern(pattern);
    if ('refused' in safe) throw new Error(safe.refused);
    expect([safe.matches(good), safe.matches(bad)]).toEqual([true, false]);
  });

  it.each([
    '(a+)+',
    '(a|a)*',
    '(a*)*b',
    '(?:a{1,5}){2,}',
    '((a)*)+',
    '(?=a)b',
    '(?<!a)b',
    '(a)\\1',
    '.*.*.*.*x',
    'a{0,99}a{0,99}a{0,99}a{0,99}',
    '(',
    'a)|(b',
    '[z-a]',
    '(?:x+x+)+y',
    '(a?){30}a{30}',
  ])('%s is refused', (pattern) => expect(safePattern(pattern)).toHaveProperty('refused'));

  it('that is not refused never takes long, whatever the value', () => {
    const part = fc.constantFrom(
      'a',
      'a+',
      'a*',
      '[ab]+',
      '(?:ab)',
      'b?',
      '(a|b)',
      '.{0,50}',
      '(?:a)+',
      '.*',
    );
    const patterns = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(patterns, fc.constantFrom('a'.repeat(199), 'ab'.repeat(99)), (pattern, value) => {
        const safe = safePattern(pattern);
        // A dangerous one would not come back from this in the test's time.
        if ('matches' in safe) expect(typeof safe.matches(`${value}!`)).toBe('boolean');
      }),
    );
  });
});

describe('a row', () => {
  const sample = dataset(
    'sample',
    [
      { name: 'id', type: 'integer', min: 1 },
      { name: 'label', type: 'text', required: true, maxLength: 5 },
      { name: 'price', type: 'decimal', max: 100, warnings: ['max'] },
      { name: 'size', type: 'one-of', values: ['S', 'M'], warnings: ['values'] },
      { name: 'since', type: 'date', min: '2020-01-01' },
    ],
    ['id'],
  );
  const read = (texts: readonly string[]) => {
    const target: (string | number | null)[] = [];
    const columns = sample.columns.map(({ name }) => name as string);
    const reader = rowReader({ dataset: sample, columns, parsing: usual, isKnown: () => undefined });
    return { issues: reader.read(7, texts, target, 0), target };
  };

  it('in order has no issues, and blanks around its values do not count', () => {
    expect(read([' 1', 'a b ', '\t2.50', '', '2026-01-01\u00a0'])).toEqual({
      issues: [],
      target: [1, 'a b', '2.50', null, '2026-01-01'],
    });
  });

  it.each([
    [['0', 'a', '', '', ''], 'id', 'error', 'below 1'],
    [['', 'a', '', '', ''], 'id', 'error', 'missing'],
    [['1', '  ', '', '', ''], 'label', 'error', 'missing'],
    [['1', 'abcdef', '', '', ''], 'label', 'error', 'at most 5'],
    [['1', 'a\u0000b', '', '', ''], 'label', 'error', 'NUL'],
    [['1', 'a\u001bb', '', '', ''], 'label', 'error', 'control character'],
    [['1', '\ud800', '', '', ''], 'label', 'error', 'half a character'],
    [['1', 'a', '1,5', '', ''], 'price', 'error', 'another separator'],
    [['1', 'a', '1e3', '', ''], 'price', 'error', 'exponent'],
    [['1', 'a', '100.01', '', ''], 'price', 'warning', 'above 100'],
    [['1', 'a', '', 'XL', ''], 'size', 'warning', 'S, M'],
    [['1', 'a', '', '', '2019-12-31'], 'since', 'error', 'below 2020-01-01'],
    [['1', 'a', '', '', '31/12/2026'], 'since', 'error', 'another order'],
    [['1', 'a', '', ''], '', 'error', 'has 4 values; the header has 5'],
  ])('%j is wrong in %s', (texts, column, severity, reason) => {
    expect(read(texts).issues).toEqual([
      expect.objectContaining({ line: 7, column, severity, reason: expect.stringContaining(reason) }),
    ]);
  });

  it('shows a wrong value shortened and in one line', () => {
    const [issue] = read(['1', `x\u0000${'y'.repeat(10_000_000)}`, '', '', '']).issues;
    expect(issue?.value.length).toBeLessThan(210);
    expect(issue?.value).not.toMatch(/\p{Cc}/u);
  });

  it('counts characters as people do', () => {
    expect(read(['1', '😀😀😀😀😀', '', '', '']).issues).toEqual([]);
    expect(read(['1', '😀😀😀😀😀😀', '', '', '']).issues).toHaveLength(1);
  });
});
