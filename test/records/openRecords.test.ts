import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { migrations } from '../../electron/records/migrations/migrations.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { articles, dataset, newRecords, staged, standard, temporaryFolder } from './recordsFixture.ts';

const open = (path: string) => openRecords({ path, clock: systemClock, random: systemRandom });

function inspect<T>(path: string, look: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return look(db);
  } finally {
    db.close();
  }
}

const refusal = (code: string) => expect.objectContaining({ code, class: 'fix' });

describe('the records database', () => {
  it('is made in the newest format, for its owner only', () => {
    const path = join(temporaryFolder(), 'records.db');
    open(path).close();
    const pragma = (name: string) => inspect(path, (db) => db.prepare(`PRAGMA ${name}`).get()?.[name]);
    expect(pragma('user_version')).toBe(migrations.at(-1)?.version);
    expect(pragma('journal_mode')).toBe('wal');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('describes every column and keeps every table strict, those of editions too', () => {
    const { records, path } = newRecords();
    const odd = dataset('odd', [
      { name: 'a-b', title: 'Line one\nDROP TABLE facts; --', type: 'text' },
      { name: 'select', type: 'boolean' },
      { name: 'rowid', type: 'integer' },
    ]);
    records.addDataset(odd);
    staged(records, [['x', 'yes', '3']], { of: odd });
    const tables = inspect(path, (db) =>
      db
        .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
        .all(),
    );
    expect(tables.map(({ name }) => name)).toContain('rows_1');
    for (const { name, sql } of tables) {
      const lines = String(sql).split('\n');
      expect(lines.at(-1), String(name)).toMatch(/STRICT/);
      const columns = lines.filter((line) => /^\s+"?[a-z0-9_-]+"? (TEXT|INTEGER)/.test(line));
      const count = inspect(path, (db) => db.prepare(`PRAGMA table_info(${String(name)})`).all().length);
      expect(columns, String(name)).toHaveLength(count);
      for (const column of columns) expect(column, String(name)).toMatch(/ -- \S/);
    }
  });

  it('of another program, a newer Branchline or spoilt bytes is refused, and left as it was', () => {
    const path = join(temporaryFolder(), 'records.db');
    inspect(path, (db) => db.exec('CREATE TABLE recipes (name TEXT)'));
    expect(() => open(path)).toThrow(refusal('records-foreign'));
    const newer = join(temporaryFolder(), 'records.db');
    open(newer).close();
    inspect(newer, (db) => db.exec('PRAGMA user_version = 99'));
    const before = readFileSync(newer);
    expect(() => open(newer)).toThrow(refusal('records-too-new'));
    expect(readFileSync(newer).equals(before)).toBe(true);
    const spoilt = join(temporaryFolder(), 'records.db');
    writeFileSync(spoilt, 'x'.repeat(10_000));
    expect(() => open(spoilt)).toThrow(refusal('records-damaged'));
  });
});

describe('a schema', () => {
  const column = { name: 'code', type: 'text' };
  it.each([
    [[{ ...column, pattern: '(a+)+' }], /pattern.*repeats/],
    [[{ ...column, pattern: '(' }], /pattern/],
    [[{ ...column, min: 1 }], /only integers, decimals and dates/],
    [[{ ...column, type: 'date', min: 5 }], /another type/],
    [[{ ...column, type: 'integer', min: 5, max: 4 }], /above its "max"/],
    [[{ ...column, type: 'integer', maxLength: 4 }], /no text/],
    [[{ ...column, type: 'integer', values: ['one'] }], /not all whole numbers/],
    [[{ ...column, type: 'one-of' }], /without "values"/],
    [[{ ...column, reference: { dataset: 'nowhere', column: 'code' } }], /not there/],
    [[{ ...column, reference: { dataset: 'customers', column: 'customer_id' } }], /another type/],
    [[{ ...column, warnings: ['required'] }], /part of the key/],
  ])('%j is refused', (columns, reason) => {
    const { records } = newRecords();
    expect(() => records.addDataset(dataset('wrong', columns, ['code']))).toThrow(
      expect.objectContaining({ code: 'invalid-dataset', message: expect.stringMatching(reason) }),
    );
  });

  it('of a dataset with rows stays as it is; one without rows gets the new one', () => {
    const { records } = newRecords();
    const more = dataset('articles', [...articles.columns, { name: 'note', type: 'text' }], ['code']);
    records.addDataset(articles);
    records.addDataset(more);
    expect(records.dataset(articles.name)).toEqual(more);
    records.add(articles.name, standard, { code: 'A' });
    expect(() => records.addDataset(articles)).toThrow(refusal('dataset-in-use'));
    expect(() => records.addDataset(more)).not.toThrow();
  });

  it('that refers to another dataset lets in what is published there, and warns where it only warns', () => {
    const { records } = newRecords();
    records.addDataset(articles);
    const reference = { dataset: 'articles', column: 'code' };
    const orders = dataset('orders', [
      { name: 'article', type: 'text', reference },
      { name: 'also', type: 'text', reference, warnings: ['reference'] },
    ]);
    records.addDataset(orders);
    const { editionId } = staged(records, [['A', '1', '']]);
    records.publish(articles.name, standard, editionId, 0);
    const { staging, issues } = staged(
      records,
      [
        ['A', ''],
        ['B', ''],
        ['a', ''],
        ['A', 'B'],
      ],
      { of: orders },
    );
    expect(issues.map(({ line, column: name, severity }) => [line, name, severity])).toEqual([
      [3, 'article', 'error'],
      [4, 'article', 'error'],
      [5, 'also', 'warning'],
    ]);
    expect(staging.rows).toBe(2);
  });
});

describe('a header', () => {
  it('is taken by names or titles; what is missing, doubled or not known is named, all at once', () => {
    const { records } = newRecords();
    records.addDataset(
      dataset('people', [
        { name: 'first-name', type: 'text', required: true },
        { name: 'born', title: 'Date of birth', type: 'date', required: true },
        { name: 'note', type: 'text' },
      ]),
    );
    const begin = (...header: string[]) =>
      records.stage(dataset('people', [{ name: 'x', type: 'text' }]).name, standard, 'file', header);
    begin('First_Name', ' DATE OF BIRTH ').discard();
    expect(() => begin('note', 'Note', 'shoe size', 'born')).toThrow(
      expect.objectContaining({
        code: 'wrong-header',
        message: expect.stringMatching(/"shoe size".*note more than once.*lacks first-name/),
      }),
    );
  });
});

describe('duplicates', () => {
  it('of the key and of unique values are kept out at their line, however many rows stand between', () => {
    const { records } = newRecords();
    const many = dataset(
      'many',
      [
        { name: 'id', type: 'integer' },
        { name: 'mail', type: 'text', unique: true },
      ],
      ['id'],
    );
    records.addDataset(many);
    const staging = records.stage(many.name, standard, 'file', ['id', 'mail']);
    // More than one transaction's worth: some doubles are found in the table, some among what waits.
    for (let id = 1; id <= 10_000; id += 1) {
      expect(staging.add(id + 1, [String(id), id % 2 === 0 ? '' : `m${id}`])).toEqual([]);
    }
    for (const id of [1, 4097, 9999]) {
      expect(staging.add(20_000 + id, [String(id), ''])).toEqual([
        expect.objectContaining({ line: 20_000 + id, column: 'id', value: String(id) }),
      ]);
      expect(staging.add(40_000 + id, [String(50_000 + id), `m${id}`])).toEqual([
        expect.objectContaining({ line: 40_000 + id, column: 'mail', value: `m${id}` }),
      ]);
    }
    expect(staging.rows).toBe(10_000);
    staging.discard();
  });
});
