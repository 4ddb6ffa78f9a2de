import { describe, expect, it } from 'vitest';
import { decideSends, type SendState } from '../../electron/engine/areas/editions/decideSends.ts';
import type { SetSendRow } from '../../electron/ledger/exportRows.ts';
import { storeNumberSchema } from '../../shared/sites.ts';

const [one, two, three] = ['0001', '0002', '0003'].map((number) => storeNumberSchema.parse(number));
if (one === undefined || two === undefined || three === undefined) throw new Error('three stores');

const send = (more: Partial<SetSendRow> = {}): SetSendRow => ({
  dataset: 'rate-book',
  set: 'default',
  site: one,
  issue: 7,
  attempt: 1,
  target: 'all',
  state: 'written',
  sentMs: 0,
  ...more,
});

const state = (more: Partial<SendState> = {}): SendState => ({
  issue: { issue: 7, edition: 'e7' },
  joined: [one, two],
  stores: 'all',
  sends: [],
  told: new Map(),
  isAnswered: () => true,
  ...more,
});

describe('who gets the present issue of a set', () => {
  it.each([
    ['everybody at once, where nobody has it', state(), ['0001 all 1', '0002 all 1']],
    ['one store by itself, where it is the only one', state({ joined: [one] }), ['0001 0001 1']],
    ['only those who are subscribed', state({ stores: [two, three] }), ['0002 0002 1']],
    ['only the one that joined since', state({ sends: [send()] }), ['0002 0002 1']],
    [
      'nobody twice, while the answer is awaited',
      state({ sends: [send(), send({ site: two })], told: new Map([[one, 'e6']]), isAnswered: () => false }),
      [],
    ],
    [
      'a store that answered and has another edition, once more',
      state({ joined: [one], sends: [send()], told: new Map([[one, 'e6']]) }),
      ['0001 0001 2'],
    ],
    [
      'a store that answered and has none, for it lost its disk',
      state({ joined: [one], sends: [send({ attempt: 2 })], told: new Map([[one, undefined]]) }),
      ['0001 0001 3'],
    ],
    [
      'not a store that refuses it for the third time',
      state({ joined: [one], sends: [send({ attempt: 3 })], told: new Map([[one, 'e6']]) }),
      [],
    ],
    ['not a store that never tells', state({ joined: [one], sends: [send()] }), []],
    [
      'those of a newer issue, also when they tell an older edition of the same name',
      state({
        joined: [one],
        sends: [send({ issue: 6 })],
        told: new Map([[one, 'e7']]),
        isAnswered: () => false,
      }),
      ['0001 0001 1'],
    ],
    [
      'nobody who has it already, where nothing else is on its way to it',
      state({ joined: [one], sends: [send({ issue: 6 })], told: new Map([[one, 'e7']]) }),
      [],
    ],
    [
      'those whose files a kill left half written, under the same name',
      state({ joined: [one], sends: [send({ state: 'writing', attempt: 2 })], told: new Map([[one, 'e6']]) }),
      ['0001 0001 2'],
    ],
  ])('is %s', (_name, given, expected) => {
    expect(decideSends(given).map(({ site, target, attempt }) => `${site} ${target} ${attempt}`)).toEqual(
      expected,
    );
  });
});
