import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { safeName } from '../../electron/customerFiles/storedName.ts';
import { claimedNameOf, parseClaimedName, withSuffix } from '../../electron/dropFolders/claimName.ts';
import {
  dropFoldersSchema,
  dropPathSchema,
  keyInName,
  keyPatternSchema,
} from '../../shared/dropFolderSettings.ts';

describe('the key in a name', () => {
  test.each([
    ['{key}', 'N123456.pdf', 'N123456'],
    ['{key}', 'N1.tar.gz', 'N1.tar'],
    ['{key}', '.hidden', '.hidden'],
    ['{key}', ' 101 .pdf', '101'],
    ['scan_{key}_*', 'SCAN_N1_2 of 3.pdf', 'N1'],
    ['*_{key}', 'a_b_N1.pdf', 'N1'],
    ['{key} ???', 'N1 abc.pdf', 'N1'],
    ['{key} ???', 'N1 ab.pdf', undefined],
    ['{key}(*', 'N1(2).pdf', 'N1'],
    ['x{key}', 'y1.pdf', undefined],
    ['x{key}', 'x.pdf', undefined],
    ['{key}', '', undefined],
    ['*{key}*', '   .pdf', undefined],
  ])('%s in "%s" is %s', (pattern, name, key) => {
    expect(keyInName(name, pattern)).toBe(key);
  });

  test('a pattern of many stars takes no longer than its length', () => {
    expect(keyInName(`${'a'.repeat(250)}.pdf`, `${'*a'.repeat(90)}{key}b`)).toBeUndefined();
  });

  test('patterns have the key once, and no folders', () => {
    expect(
      ['', '*', '{key}{key}', 'a/{key}', '{key}\\'].filter((one) => keyPatternSchema.safeParse(one).success),
    ).toEqual([]);
  });
});

describe("partners' folders", () => {
  test.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/..',
    'a\\b',
    'central',
    'Stores/x',
    'all',
    'tmp/x',
    'a\n',
    ' a',
    'a:b',
  ])('"%s" is not one', (path) => {
    expect(dropPathSchema.safeParse(path).success).toBe(false);
  });

  test('no two are the same, and none lies in what belongs to another', () => {
    const folder = (name: string, path: string) => ({ name, path, dataset: 'customers', column: 'name' });
    const ok = (...folders: object[]) => dropFoldersSchema.safeParse({ folders }).success;
    expect(ok(folder('a', 'x'), folder('b', 'x/y'))).toBe(true);
    expect(ok(folder('a', 'x'), folder('b', 'X'))).toBe(false);
    expect(ok(folder('a', 'x'), folder('a', 'y'))).toBe(false);
    expect(ok(folder('a', 'x'), folder('b', 'x/unidentified'))).toBe(false);
    expect(ok(folder('a', 'X'), folder('b', 'x/claimed/y'))).toBe(false);
  });
});

describe('names on the server', () => {
  it('a claimed name tells the claim and the name, within 255 bytes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme', maxLength: 255 }), (name) => {
        const claimed = claimedNameOf('abcdefghijkl', name);
        expect(Buffer.byteLength(claimed)).toBeLessThanOrEqual(255);
        const parsed = parseClaimedName(claimed);
        expect(parsed?.claim).toBe('abcdefghijkl');
        if (Buffer.byteLength(name) <= 242) expect(parsed?.name).toBe(name);
      }),
    );
    expect(parseClaimedName('N1.pdf')).toBeUndefined();
  });

  it('a suffix keeps the extension, within 255 bytes', () => {
    expect(withSuffix('a.pdf', 2)).toBe('a (2).pdf');
    expect(withSuffix('.pdf', 2)).toBe('.pdf (2)');
    expect(withSuffix(`${'é'.repeat(126)}.pdf`, 12)).toBe(`${'é'.repeat(123)} (12).pdf`);
  });
});

it('whatever a partner calls a file, its name here is safe and can be stored anywhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const safe = safeName(name);
      expect(safe).not.toMatch(/[\p{Cc}\p{Cf}<>:"/\\|?*]/u);
      expect(safe).not.toMatch(/^\.|[. ]$/);
      expect(safe).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(160);
      expect(safe).not.toBe('');
    }),
    { numRuns: 500 },
  );
  expect(safeName('Vertrag Müller.pdf')).toBe('Vertrag Müller.pdf');
});
