import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { newLedger } from './ledgerFixture.ts';
import { packet } from './ledgerRows.ts';

const result = (transmissionId: string, endedMs: number): TransmissionResult => ({
  transmissionId,
  outcome: 'failed',
  startedMs: 1,
  endedMs,
  packed: { packets: 1, files: 2, leftForNextTime: 3 },
  sent: { packets: 4, bytes: 5 },
  received: { packets: 6, files: 7, bytes: 8, rejected: 9, duplicates: 10, waiting: 11 },
  receipts: { sent: 12, received: 13 },
  queue: { queued: 14, skipped: 15 },
  attention: [{ text: 'Look.', addressee: 'central' }],
  error: { code: 'c', class: 'fix', message: 'm', advice: 'a' },
});

function begin(ledger: Ledger, ...ids: string[]): void {
  ledger.commit('begin', ({ transmissions }) => {
    for (const transmissionId of ids) transmissions.begin({ transmissionId, mode: 'full', startedMs: 1 });
  });
}

describe('transmissions', () => {
  it('run until they end, and keep their result whole', () => {
    const ledger = newLedger();
    begin(ledger, 'run-1');
    const get = () => ledger.read(({ transmissions }) => transmissions.get('run-1'));
    expect(get()).toStrictEqual({
      transmissionId: 'run-1',
      mode: 'full',
      startedMs: 1,
      endedMs: undefined,
      outcome: 'running',
      result: undefined,
    });
    ledger.commit('end', ({ transmissions }) => transmissions.end('run-1', result('run-1', 2)));
    expect(get()).toStrictEqual({
      transmissionId: 'run-1',
      mode: 'full',
      startedMs: 1,
      endedMs: 2,
      outcome: 'failed',
      result: result('run-1', 2),
    });
    expect(ledger.read(({ transmissions }) => transmissions.get('run-2'))).toBeUndefined();
  });

  it('that never ended are marked once as interrupted', () => {
    const ledger = newLedger();
    begin(ledger, 'run-1', 'run-2', 'run-3');
    ledger.commit('end', ({ transmissions }) => transmissions.end('run-2', result('run-2', 2)));
    const close = () => ledger.commit('close', ({ transmissions }) => transmissions.closeInterrupted());
    expect(close()).toBe(2);
    expect(close()).toBe(0);
    ledger.read(({ transmissions }) => {
      expect(transmissions.latest(2).map((run) => [run.transmissionId, run.outcome])).toEqual([
        ['run-3', 'interrupted'],
        ['run-2', 'failed'],
      ]);
    });
  });

  it('keep their notes in order', () => {
    const ledger = newLedger();
    begin(ledger, 'run-1', 'run-2');
    ledger.commit('note', ({ transmissions }) => {
      transmissions.addNote('run-1', 5, { level: 'warning', text: 'first' });
      transmissions.addNote('run-2', 4, { level: 'info', text: 'other' });
      transmissions.addNote('run-1', 3, { level: 'error', text: 'second' });
    });
    expect(ledger.read(({ transmissions }) => transmissions.notes('run-1'))).toStrictEqual([
      { atMs: 5, level: 'warning', text: 'first' },
      { atMs: 3, level: 'error', text: 'second' },
    ]);
  });

  it('know what they published, and are forgotten with notes and attempts when old', () => {
    const ledger = newLedger();
    begin(ledger, 'old', 'new', 'running');
    const deliveryId = ledger.commit('fill', ({ packets, deliveries, transmissions }) => {
      packets.insert(packet());
      const id = deliveries.add({ packetId: 'packet-1', folder: 'central', addressee: 'central' });
      const attempt = { deliveryId: id, startedMs: 1, endedMs: 2, error: undefined } as const;
      deliveries.addAttempt({ ...attempt, transmissionId: 'old', outcome: 'published' });
      deliveries.addAttempt({ ...attempt, transmissionId: 'new', outcome: 'failed' });
      deliveries.addAttempt({ ...attempt, transmissionId: 'new', outcome: 'published' });
      transmissions.addNote('old', 1, { level: 'info', text: 'x' });
      transmissions.end('old', result('old', 99));
      transmissions.end('new', result('new', 100));
      return id;
    });
    ledger.read(({ transmissions }) => {
      expect(transmissions.published('new')).toStrictEqual([{ packetId: 'packet-1', folder: 'central' }]);
    });
    ledger.commit('prune', ({ transmissions }) => transmissions.prune(100));
    ledger.read(({ transmissions, deliveries }) => {
      expect(transmissions.latest(9).map(({ transmissionId }) => transmissionId)).toEqual(['running', 'new']);
      expect(transmissions.notes('old')).toEqual([]);
      expect(transmissions.published('old')).toEqual([]);
      expect(deliveries.attempts(deliveryId)).toHaveLength(2);
    });
  });
});
