import { describe, expect, it } from 'vitest';
import { storesView } from '../../electron/engine/storesView.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import { newLedger } from '../ledger/ledgerFixture.ts';
import { inStream, packet, site, store12, store13 } from '../ledger/ledgerRows.ts';

const guid = '6f1c7a3e-4a53-4c07-9d0e-0d7f9a2b1c11';
const hour = 3_600_000;
const nowMs = 100 * hour;

function settings(given: object = {}): Settings {
  return settingsSchema.parse({
    formatVersion: 1,
    site: { role: 'central', name: 'Head office', guid, officeId: guid },
    ...given,
  });
}

describe('how a store stands', () => {
  it.each([
    ['never, before anything came from it', undefined, 'never'],
    ['ok, while it is heard of', 5 * hour, 'ok'],
    ['ok, at the last moment', 26 * hour, 'ok'],
    ['late, when it is silent for too long', 27 * hour, 'late'],
  ] as const)('is %s', (_name, silentMs, state) => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites }) =>
      sites.put(site({ lastReceiptMs: silentMs === undefined ? undefined : nowMs - silentMs })),
    );
    expect(storesView(ledger, settings(), nowMs, new Map())).toMatchObject([{ name: store12, state }]);
  });

  it('is failing when a packet to it was skipped, or numbers of its own are missing; and says which', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites, packets, deliveries, answers, inStreams }) => {
      sites.put(site({ lastReceiptMs: nowMs }));
      sites.put(site({ name: store13, lastReceiptMs: nowMs }));
      packets.insert(packet({ to: store12 }));
      const id = deliveries.add({ packetId: 'packet-1', folder: 'stores/0012', addressee: store12 });
      deliveries.change(id, { state: 'skipped' });
      answers.expect('packet-1', store12);
      inStreams.put(
        inStream({
          from: store13,
          to: 'central',
          appliedThrough: 3,
          missing: [
            { from: 4, through: 5 },
            { from: 8, through: 8 },
          ],
        }),
      );
    });
    expect(storesView(ledger, settings(), nowMs, new Map())).toMatchObject([
      { name: store12, state: 'failing', gaps: 0, reason: expect.stringContaining('1 packet ') },
      { name: store13, state: 'failing', gaps: 3, reason: expect.stringContaining('3 numbers missing') },
    ]);
  });

  it('is measured against its own allowance, else the common one, and shows its version', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites }) => {
      sites.put(site({ version: '1.4.0' }));
      sites.put(site({ name: store13 }));
    });
    const oversight = { allowanceMegabytes: 500, storeAllowances: { '0013': 2000 } };
    expect(storesView(ledger, settings({ oversight }), nowMs, new Map())).toMatchObject([
      { name: store12, label: 'High Street', allowanceBytes: 500_000_000, version: '1.4.0' },
      { name: store13, allowanceBytes: 2_000_000_000, version: '' },
    ]);
  });

  it('is nothing that a store would know of others', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ sites }) => sites.put(site({ name: 'central' })));
    const store = { role: 'store', storeNumber: '0012', name: 'Riverside', guid };
    expect(storesView(ledger, settings({ site: store }), nowMs, new Map())).toEqual([]);
  });
});
