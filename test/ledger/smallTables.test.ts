import { describe, expect, it } from 'vitest';
import { newLedger } from './ledgerFixture.ts';
import { site, store12, store13 } from './ledgerRows.ts';

describe('facts', () => {
  it('are set, replaced and removed', () => {
    const ledger = newLedger();
    const get = () => ledger.read(({ facts }) => facts.get('office'));
    expect(get()).toBeUndefined();
    ledger.commit('set', ({ facts }) => facts.set('office', '1'));
    ledger.commit('set', ({ facts }) => facts.set('office', '"größer"'));
    expect(get()).toBe('"größer"');
    ledger.commit('remove', ({ facts }) => facts.remove('office'));
    expect(get()).toBeUndefined();
  });
});

describe('outgoing streams', () => {
  it('are kept one per addressee', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ outStreams }) => {
      outStreams.put({ to: store12, streamId: 's', nextSequence: 1 });
      outStreams.put({ to: 'all', streamId: 't', nextSequence: 4 });
      outStreams.put({ to: store12, streamId: 'u', nextSequence: 2 });
    });
    ledger.read(({ outStreams }) => {
      expect(outStreams.get(store12)).toStrictEqual({ to: store12, streamId: 'u', nextSequence: 2 });
      expect(outStreams.get(store13)).toBeUndefined();
      expect(outStreams.all().map(({ to }) => to)).toEqual([store12, 'all']);
    });
  });
});

describe('sites', () => {
  it('come back as they were put', () => {
    const ledger = newLedger();
    const known = site({
      guid: 'g',
      lastReceiptNumber: 3,
      lastReceiptMs: 4,
      lastReceiptMade: 5,
      welcomed: true,
      allStartsAt: 6,
      version: '1.2.3',
    });
    ledger.commit('put', ({ sites }) => {
      sites.put(site());
      sites.put(site({ name: 'central' }));
    });
    expect(ledger.read(({ sites }) => sites.get(store12))).toStrictEqual(site());
    ledger.commit('put', ({ sites }) => sites.put(known));
    ledger.read(({ sites }) => {
      expect(sites.get(store12)).toStrictEqual(known);
      expect(sites.get(store13)).toBeUndefined();
      expect(sites.all().map(({ name }) => name)).toEqual([store12, 'central']);
    });
  });
});

describe('seen files', () => {
  it('are kept by path, exact to the nanosecond', () => {
    const ledger = newLedger();
    const file = {
      path: '/out/ü \n.csv',
      sizeBytes: 2 ** 40,
      modifiedNs: '1763716864123456789',
      inode: '18446744073709551615',
      unchangedSinceMs: 3,
      packed: false,
    };
    ledger.commit('put', ({ seenFiles }) => {
      seenFiles.put(file);
      seenFiles.put({ ...file, path: '/out/a' });
      seenFiles.put({ ...file, packed: true });
    });
    expect(ledger.read(({ seenFiles }) => seenFiles.all())).toStrictEqual([
      { ...file, path: '/out/a' },
      { ...file, packed: true },
    ]);
    ledger.commit('remove', ({ seenFiles }) => seenFiles.remove(file.path));
    expect(ledger.read(({ seenFiles }) => seenFiles.all())).toHaveLength(1);
  });
});
