import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedger } from '../../electron/ledger/ledgerTransactions.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { newLedger, temporaryFolder } from './ledgerFixture.ts';

describe('a commit', () => {
  it('returns what its work returned, and is there for the next opening', () => {
    const path = join(temporaryFolder(), 'ledger.db');
    const ledger = openLedger({ path, clock: systemClock });
    expect(
      ledger.commit('set', ({ facts }) => {
        facts.set('a', '1');
        return facts.get('a');
      }),
    ).toBe('1');
    ledger.close();
    const again = openLedger({ path, clock: systemClock });
    onTestFinished(() => again.close());
    expect(again.read(({ facts }) => facts.get('a'))).toBe('1');
  });

  it('that throws leaves nothing behind, throws the same error on, and does not hinder the next', () => {
    const ledger = newLedger();
    const fault = new Error('crash');
    const work = () =>
      ledger.commit('set', ({ facts }) => {
        facts.set('a', '1');
        throw fault;
      });
    expect(work).toThrow(fault);
    expect(ledger.read(({ facts }) => facts.get('a'))).toBeUndefined();
    ledger.commit('set', ({ facts }) => facts.set('a', '2'));
    expect(ledger.read(({ facts }) => facts.get('a'))).toBe('2');
  });

  it('cannot be started inside another or inside a read, and the refusal undoes the outer one', () => {
    const ledger = newLedger();
    expect(() =>
      ledger.commit('outer', ({ facts }) => {
        facts.set('a', '1');
        ledger.commit('inner', () => undefined);
      }),
    ).toThrow('commit "inner" was started inside another commit');
    expect(() => ledger.read(() => ledger.commit('inner', () => undefined))).toThrow('inside another read');
    expect(ledger.read(({ facts }) => facts.get('a'))).toBeUndefined();
  });

  it('sees its own writes in a read inside it', () => {
    const ledger = newLedger();
    const seen = ledger.commit('outer', ({ facts }) => {
      facts.set('a', '1');
      return ledger.read((tables) => tables.facts.get('a'));
    });
    expect(seen).toBe('1');
  });

  it('refuses work that waits', () => {
    const ledger = newLedger();
    expect(() => ledger.commit('wait', async ({ facts }) => facts.set('a', '1'))).toThrow('must not wait');
    expect(ledger.read(({ facts }) => facts.get('a'))).toBeUndefined();
  });

  it('on a full disk says so, keeps what was there before, and works again once there is room', () => {
    const path = join(temporaryFolder(), 'ledger.db');
    openLedger({ path, clock: systemClock }).close();
    const db = new DatabaseSync(path);
    const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
    db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const ledger = createLedger(db, path);
    onTestFinished(() => ledger.close());
    ledger.commit('small', ({ facts }) => facts.set('a', '1'));
    expect(() => ledger.commit('large', ({ facts }) => facts.set('b', 'x'.repeat(100_000)))).toThrow(
      expect.objectContaining({ code: 'disk-full', class: 'full' }),
    );
    db.exec(`PRAGMA max_page_count = ${pages + 2000}`);
    ledger.commit('large', ({ facts }) => facts.set('c', 'x'.repeat(100_000)));
    ledger.read(({ facts }) => {
      expect(facts.get('a')).toBe('1');
      expect(facts.get('b')).toBeUndefined();
      expect(facts.get('c')).toHaveLength(100_000);
    });
  });
});

describe('a read', () => {
  it('cannot write', () => {
    const ledger = newLedger();
    expect(() => ledger.read(({ facts }) => facts.set('a', '1'))).toThrow('tried to write');
    ledger.commit('set', ({ facts }) => facts.set('b', '1'));
    ledger.read(({ facts }) => {
      expect(facts.get('a')).toBeUndefined();
      expect(ledger.read((tables) => tables.facts.get('b'))).toBe('1');
    });
  });
});

describe('a closed ledger', () => {
  it('refuses work, and closing it again does nothing', () => {
    const ledger = newLedger();
    ledger.close();
    ledger.close();
    expect(() => ledger.read(() => undefined)).toThrow('closed');
    expect(() => ledger.commit('x', () => undefined)).toThrow('closed');
  });

  it('cannot be closed from within a commit', () => {
    const ledger = newLedger();
    expect(() => ledger.commit('x', () => ledger.close())).toThrow('closed inside a commit');
    ledger.commit('still open', ({ facts }) => facts.set('a', '1'));
  });
});
