import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '../../shared/views.ts';
import { newLedger } from './ledgerFixture.ts';
import { packet, store12, store13 } from './ledgerRows.ts';

const failure = { code: 'connection-lost', class: 'retry', message: 'Lost.', advice: 'Wait.' } as const;

describe('deliveries', () => {
  it('start queued and idle, and are found by id and by packet', () => {
    const ledger = newLedger();
    const [first, second] = ledger.commit('add', ({ packets, deliveries }) => {
      packets.insert(packet());
      return [
        deliveries.add({ packetId: 'packet-1', folder: 'stores/0012', addressee: store12 }),
        deliveries.add({ packetId: 'packet-1', folder: 'all', addressee: 'all' }),
      ];
    });
    ledger.read(({ deliveries }) => {
      expect(deliveries.get(first)).toStrictEqual({
        id: first,
        packetId: 'packet-1',
        folder: 'stores/0012',
        addressee: store12,
        state: 'queued',
        stage: 'idle',
        attempts: 0,
        damaged: 0,
        nextTryMs: undefined,
        lastError: undefined,
        publishedMs: undefined,
      });
      expect(deliveries.ofPacket('packet-1').map(({ id }) => id)).toEqual([first, second]);
      expect(deliveries.get(second + 1)).toBeUndefined();
    });
  });

  it('never reuse an id, even when the newest is forgotten', () => {
    const ledger = newLedger();
    const add = () =>
      ledger.commit('add', ({ packets, deliveries }) => {
        packets.insert(packet({ state: 'sealing' }));
        return deliveries.add({ packetId: 'packet-1', folder: 'central', addressee: 'central' });
      });
    const first = add();
    ledger.commit('forget', ({ packets }) => packets.remove('packet-1'));
    expect(add()).toBeGreaterThan(first);
  });

  it('change only what is named; what is named and undefined is cleared', () => {
    const ledger = newLedger();
    const id = ledger.commit('add', ({ packets, deliveries }) => {
      packets.insert(packet());
      return deliveries.add({ packetId: 'packet-1', folder: 'central', addressee: 'central' });
    });
    ledger.commit('fail', ({ deliveries }) =>
      deliveries.change(id, {
        stage: 'uploading',
        attempts: 2,
        damaged: 1,
        nextTryMs: 5,
        lastError: failure,
      }),
    );
    ledger.commit('again', ({ deliveries }) =>
      deliveries.change(id, { nextTryMs: undefined, publishedMs: 8 }),
    );
    expect(ledger.read(({ deliveries }) => deliveries.get(id))).toStrictEqual({
      id,
      packetId: 'packet-1',
      folder: 'central',
      addressee: 'central',
      state: 'queued',
      stage: 'uploading',
      attempts: 2,
      damaged: 1,
      nextTryMs: undefined,
      lastError: failure,
      publishedMs: 8,
    });
    expect(() =>
      ledger.commit('change', ({ deliveries }) => deliveries.change(id + 1, { attempts: 1 })),
    ).toThrow(`no delivery ${id + 1}`);
  });

  it('are listed by state oldest first, with leftovers, and answered broadcasts', () => {
    const ledger = newLedger();
    const ids = ledger.commit('fill', ({ packets, deliveries, answers }) => {
      const add = (name: string, state: DeliveryState, stage: 'idle' | 'renaming' = 'idle') => {
        packets.insert(packet({ packetId: name, fileName: name, to: 'all' }));
        const id = deliveries.add({ packetId: name, folder: 'all', addressee: 'all' });
        deliveries.change(id, { state, stage });
        return id;
      };
      const made = {
        published: add('published', 'published'),
        queued: add('queued', 'queued', 'renaming'),
        cancelled: add('cancelled', 'cancelled', 'renaming'),
        answered: add('answered', 'answered', 'renaming'),
        clean: add('clean', 'cancelled'),
        nobody: add('nobody', 'published'),
        done: add('done', 'published'),
      };
      answers.expect('published', store12);
      answers.expect('done', store12);
      answers.set({
        packetId: 'done',
        site: store12,
        outcome: 'rejected',
        code: 'no',
        message: '',
        answeredMs: 1,
      });
      return made;
    });
    ledger.read(({ deliveries }) => {
      const list = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);
      expect(list(deliveries.inState('queued', 'published', 'queued'))).toEqual([
        ids.published,
        ids.queued,
        ids.nobody,
        ids.done,
      ]);
      expect(list(deliveries.inState())).toEqual([]);
      expect(list(deliveries.withLeftovers())).toEqual([ids.cancelled, ids.answered]);
      expect(list(deliveries.broadcastsAnswered())).toEqual([ids.nobody, ids.done]);
    });
  });

  it('keep a record of each attempt', () => {
    const ledger = newLedger();
    const attempts = ledger.commit('try', ({ packets, deliveries }) => {
      packets.insert(packet());
      const deliveryId = deliveries.add({ packetId: 'packet-1', folder: 'central', addressee: 'central' });
      const common = { deliveryId, transmissionId: 'run-1', startedMs: 1, endedMs: 2 };
      const made = [
        { ...common, outcome: 'failed', error: failure },
        { ...common, outcome: 'published', error: undefined },
      ] as const;
      for (const attempt of made) deliveries.addAttempt(attempt);
      return made;
    });
    const [first] = attempts;
    ledger.read(({ deliveries }) => {
      expect(deliveries.attempts(first.deliveryId)).toStrictEqual([...attempts]);
      expect(deliveries.attempts(first.deliveryId + 1)).toEqual([]);
    });
  });
});

describe('answers', () => {
  const accepted = { outcome: 'accepted', code: 'ok', message: 'Thanks.', answeredMs: 4 } as const;

  it('are awaited until they are set, and expecting one again does not forget it', () => {
    const ledger = newLedger();
    ledger.commit('expect', ({ packets, answers }) => {
      packets.insert(packet());
      for (const site of [store13, store12]) answers.expect('packet-1', site);
    });
    expect(ledger.read(({ answers }) => answers.awaiting('packet-1'))).toEqual([store12, store13]);
    expect(ledger.read(({ answers }) => answers.get('packet-1', store12))).toStrictEqual({
      packetId: 'packet-1',
      site: store12,
      outcome: undefined,
      code: '',
      message: '',
      answeredMs: undefined,
    });
    ledger.commit('answer', ({ answers }) => {
      answers.set({ packetId: 'packet-1', site: store12, ...accepted });
      answers.expect('packet-1', store12);
    });
    ledger.read(({ answers }) => {
      expect(answers.awaiting('packet-1')).toEqual([store13]);
      expect(answers.ofPacket('packet-1').map(({ site, outcome }) => [site, outcome])).toEqual([
        [store12, 'accepted'],
        [store13, undefined],
      ]);
      expect(answers.get('packet-1', 'central')).toBeUndefined();
    });
  });

  it('are found by site, stream and position while awaited', () => {
    const ledger = newLedger();
    ledger.commit('fill', ({ packets, answers }) => {
      for (const sequence of [1, 2, 3, 4]) {
        packets.insert(packet({ sequence }));
        answers.expect(`packet-${sequence}`, store12);
      }
      answers.expect('packet-1', store13);
      answers.set({ packetId: 'packet-2', site: store12, ...accepted });
      packets.insert(packet({ sequence: 5, packetId: 'other', streamId: 'stream-2' }));
      answers.expect('other', store12);
      packets.insert(packet({ packetId: 'void', fileName: 'void', kind: 'void', sequence: 3, through: 9 }));
      answers.expect('void', store12);
    });
    const through = (number: number) =>
      ledger.read(({ answers }) =>
        answers.awaitedThrough(store12, 'stream-1', number).map(({ packetId }) => packetId),
      );
    expect(through(0)).toEqual([]);
    expect(through(3)).toEqual(['packet-1', 'packet-3']);
    expect(through(9)).toEqual(['packet-1', 'packet-3', 'packet-4', 'void']);
  });
});
