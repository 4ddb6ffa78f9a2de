import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { Records } from '../../electron/records/records.ts';
import { articles, name, newRecords, setName, staged, standard } from './recordsFixture.ts';

function withArticles() {
  const opened = newRecords();
  opened.records.addDataset(articles);
  return opened;
}

const codes = (records: Records) =>
  records.rows({ dataset: articles.name }).rows.map(({ values }) => values['code']);

describe('editions', () => {
  it('are seen when they are published, not before', () => {
    const { records } = withArticles();
    const { editionId } = staged(records, [['A', '1', '2026-01-01']]);
    expect(codes(records)).toEqual([]);
    expect(records.sets(articles.name)).toEqual([]);
    records.publish(articles.name, standard, editionId, 1);
    expect(codes(records)).toEqual(['A']);
    expect(records.editions(articles.name, standard)).toEqual([
      expect.objectContaining({ editionId, state: 'published', rows: 1, source: 'file.csv' }),
    ]);
  });

  it('are archived by the next one, kept as far as said, and can be published again', () => {
    const { records } = withArticles();
    const ids = ['A', 'B', 'C', 'D'].map((code) => {
      const { editionId } = staged(records, [[code, '1', '']]);
      records.publish(articles.name, standard, editionId, 2);
      return editionId;
    });
    expect(records.editions(articles.name, standard).map(({ editionId }) => editionId)).toEqual(
      ids.slice(1).reverse(),
    );
    records.publish(articles.name, standard, ids[1], 2);
    expect(codes(records)).toEqual(['B']);
    expect(() => records.publish(articles.name, standard, ids[0], 2)).toThrow(
      expect.objectContaining({ code: 'edition-gone', class: 'fix' }),
    );
    expect(codes(records)).toEqual(['B']);
  });

  it('of one set leave the other sets alone', () => {
    const { records } = withArticles();
    for (const set of ['default', 'custom-123']) {
      const { editionId } = staged(records, [[set, '1', '']], { set });
      records.publish(articles.name, setName(set), editionId, 0);
    }
    const { editionId } = staged(records, [['new', '1', '']]);
    records.publish(articles.name, standard, editionId, 0);
    expect(codes(records)).toEqual(['custom-123', 'new']);
    records.publish(articles.name, standard, undefined, 0);
    expect(codes(records)).toEqual(['custom-123']);
    expect(records.sets(articles.name).map(({ set, published }) => [set, published?.rows])).toEqual([
      ['custom-123', 1],
      ['default', undefined],
    ]);
  });

  it('that were left half staged are swept at the next opening', () => {
    const { records, path } = withArticles();
    const staging = records.stage(articles.name, standard, 'file.csv', ['code']);
    staging.add(2, ['A']);
    expect(() => records.stage(articles.name, standard, 'file.csv', ['code'])).toThrow(
      expect.objectContaining({ code: 'being-staged', class: 'busy' }),
    );
    records.close();
    const again = openRecords({ path, clock: systemClock, random: systemRandom });
    expect(again.rows({ dataset: articles.name, editionId: undefined }).total).toBe(0);
    expect(() => again.rows({ dataset: articles.name, editionId: staging.editionId })).toThrow(
      expect.objectContaining({ code: 'edition-gone' }),
    );
    again.close();
  });

  it('take rows added by hand', () => {
    const { records } = withArticles();
    expect(records.add(articles.name, standard, { code: 'A', price: '1,5' })).toEqual([
      expect.objectContaining({ severity: 'error', column: 'price', value: '1,5' }),
    ]);
    expect(codes(records)).toEqual([]);
    expect(records.add(articles.name, standard, { code: 'A', price: '1.5' })).toEqual([]);
    expect(records.add(articles.name, standard, { code: 'A', price: '2.50' })).toEqual([]);
    expect(records.add(articles.name, standard, { code: 'B' })).toEqual([]);
    expect(
      records.rows({ dataset: articles.name }).rows.map(({ number, values }) => [number, values]),
    ).toEqual([
      [1, { code: 'A', price: '2.50', added: null }],
      [2, { code: 'B', price: null, added: null }],
    ]);
  });
});

it('has the built-in datasets', () => {
  const { records } = newRecords();
  expect(records.datasets().map((one) => one.name)).toEqual(['customers', 'enquiries', 'rate-book', 'users']);
  const header = ['Vehicle', 'Term (months)', 'mileage', 'Payment profile', 'rate'];
  const staging = records.stage(name('rate-book'), standard, 'rates.csv', header);
  expect(staging.add(2, ['Focus', '24', '10000', 'monthly', '199.00'])).toEqual([]);
  expect(staging.add(3, ['Focus', '60', '10000', 'monthly', '199.00'])).toEqual([
    {
      severity: 'error',
      line: 3,
      column: 'term',
      value: '60',
      reason: expect.stringContaining('24, 36, 48'),
    },
  ]);
  expect(staging.add(4, ['Focus', '24', '10000', 'monthly', '200.00'])).toEqual([
    expect.objectContaining({ severity: 'error', line: 4, reason: expect.stringContaining('already') }),
  ]);
  expect(staging.rows).toBe(1);
  staging.discard();
});
