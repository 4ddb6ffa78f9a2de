import { describe, expect, it } from 'vitest';
import type { Ledger, OutReceiptRow } from '../../electron/ledger/ledger.ts';
import { newLedger } from './ledgerFixture.ts';
import { store12, store13 } from './ledgerRows.ts';

const receipt = (number: number, given: Partial<OutReceiptRow> = {}): OutReceiptRow => ({
  fileName: `receipt-${number}`,
  to: store12,
  number,
  body: `{"number":${number}}`,
  state: 'pending',
  createdMs: number,
  ...given,
});

function owe(ledger: Ledger, ...fileNames: string[]): number[] {
  return ledger.commit('owe', ({ receipts }) => {
    for (const fileName of fileNames) {
      receipts.due({ site: store12, fileName, outcome: 'rejected', code: 'bad-hash', message: 'Why.' });
    }
    return receipts.dueAnswers().map(({ id }) => id);
  });
}

const due = (ledger: Ledger) =>
  ledger.read(({ receipts }) => receipts.dueAnswers().map(({ fileName }) => fileName));

describe('receipts', () => {
  it('take the answers that are due, oldest first', () => {
    const ledger = newLedger();
    const [first, second] = owe(ledger, 'z', 'a');
    expect(ledger.read(({ receipts }) => receipts.dueAnswers())).toStrictEqual([
      { id: first, site: store12, fileName: 'z', outcome: 'rejected', code: 'bad-hash', message: 'Why.' },
      { id: second, site: store12, fileName: 'a', outcome: 'rejected', code: 'bad-hash', message: 'Why.' },
    ]);
    ledger.commit('add', ({ receipts }) =>
      receipts.add(receipt(1), { answers: first === undefined ? [] : [first], damaged: [] }),
    );
    expect(due(ledger)).toEqual(['a']);
    expect(ledger.read(({ receipts }) => receipts.pending())).toStrictEqual([receipt(1)]);
  });

  it('are pending until published', () => {
    const ledger = newLedger();
    ledger.commit('add', ({ receipts }) => {
      for (const number of [2, 1]) receipts.add(receipt(number), { answers: [], damaged: [] });
      receipts.setPublished('receipt-2');
    });
    expect(ledger.read(({ receipts }) => receipts.pending())).toStrictEqual([receipt(1)]);
  });

  it('cannot say an answer that is said already', () => {
    const ledger = newLedger();
    const answers = owe(ledger, 'a');
    ledger.commit('add', ({ receipts }) => receipts.add(receipt(1), { answers, damaged: [] }));
    expect(() =>
      ledger.commit('add', ({ receipts }) => receipts.add(receipt(2), { answers, damaged: [] })),
    ).toThrow('no due answer');
    expect(ledger.read(({ receipts }) => receipts.pending())).toHaveLength(1);
  });

  it('carry the notes of damage of their addressee, each once', () => {
    const ledger = newLedger();
    ledger.commit('note', ({ receipts }) => {
      receipts.noteDamaged(store12, 'theirs-1');
      receipts.noteDamaged(store12, 'theirs-1');
      receipts.noteDamaged(store13, 'theirs-1');
    });
    ledger.commit('add', ({ receipts }) => receipts.add(receipt(1), { answers: [], damaged: ['theirs-1'] }));
    expect(ledger.read(({ receipts }) => receipts.damagedNotes())).toStrictEqual([
      { site: store13, fileName: 'theirs-1' },
    ]);
  });

  it('that arrived damaged are said again: all they said is due once more', () => {
    const ledger = newLedger();
    const answers = owe(ledger, 'a', 'b');
    ledger.commit('add', ({ receipts }) => {
      receipts.noteDamaged(store12, 'theirs-1');
      receipts.add(receipt(1), { answers, damaged: ['theirs-1'] });
      receipts.setPublished('receipt-1');
    });
    expect(due(ledger)).toEqual([]);
    expect(ledger.commit('again', ({ receipts }) => receipts.sayAgain('receipt-1'))).toBe(true);
    expect(due(ledger)).toEqual(['a', 'b']);
    expect(ledger.read(({ receipts }) => receipts.damagedNotes())).toHaveLength(1);
    expect(ledger.commit('again', ({ receipts }) => receipts.sayAgain('never-made'))).toBe(false);
  });

  it('are forgotten with what they said once published and old', () => {
    const ledger = newLedger();
    const answers = owe(ledger, 'a');
    owe(ledger, 'still-due');
    ledger.commit('add', ({ receipts }) => {
      receipts.add(receipt(1), { answers, damaged: [] });
      receipts.add(receipt(2), { answers: [], damaged: [] });
      receipts.add(receipt(9), { answers: [], damaged: [] });
      receipts.setPublished('receipt-1');
      receipts.setPublished('receipt-9');
      receipts.prune(9);
    });
    ledger.commit('check', ({ receipts }) => {
      expect(receipts.sayAgain('receipt-1')).toBe(false);
      expect(receipts.sayAgain('receipt-9')).toBe(true);
      expect(receipts.pending().map(({ number }) => number)).toEqual([2]);
    });
    expect(due(ledger)).toEqual(['still-due']);
  });
});
