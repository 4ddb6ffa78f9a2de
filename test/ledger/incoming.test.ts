import { describe, expect, it } from 'vitest';
import { newLedger } from './ledgerFixture.ts';
import { inFile, inPacket, inStream, store12, store13 } from './ledgerRows.ts';

describe('incoming streams', () => {
  it('come back as they were put, whole ranges and all', () => {
    const ledger = newLedger();
    const first = inStream();
    const changed = inStream({
      appliedThrough: 4,
      missing: [{ from: 5, through: 6 }],
      asked: { missing: [{ from: 5, through: 5 }], receiptFileName: 'receipt-1' },
    });
    ledger.commit('put', ({ inStreams }) => inStreams.put(first));
    expect(ledger.read(({ inStreams }) => inStreams.get('in-stream-1'))).toStrictEqual(first);
    ledger.commit('put', ({ inStreams }) => inStreams.put(changed));
    expect(ledger.read(({ inStreams }) => inStreams.all())).toStrictEqual([changed]);
    expect(ledger.read(({ inStreams }) => inStreams.get('other'))).toBeUndefined();
  });

  it('are found by sender and addressee, newest id last', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ inStreams }) => {
      inStreams.put(inStream({ streamId: 'c' }));
      inStreams.put(inStream({ streamId: 'a' }));
      inStreams.put(inStream({ streamId: 'b', to: 'all' }));
      inStreams.put(inStream({ streamId: 'd', from: store13 }));
    });
    ledger.read(({ inStreams }) => {
      expect(inStreams.of('central', store12).map(({ streamId }) => streamId)).toEqual(['a', 'c']);
      expect(inStreams.all()).toHaveLength(4);
    });
  });
});

describe('incoming packets', () => {
  it('are replaced under their name, and keep their files', () => {
    const ledger = newLedger();
    const damaged = inPacket({ state: 'damaged', packetId: undefined, streamId: undefined, code: 'damaged' });
    const files = [inFile('b'), inFile('a', { targetPath: '/in/a', result: 'placed' })];
    ledger.commit('damaged', ({ inPackets }) => inPackets.put(damaged));
    expect(ledger.read(({ inPackets }) => inPackets.get('in-1.tar.zst'))).toStrictEqual(damaged);
    ledger.commit('again', ({ inPackets }) => {
      inPackets.setFiles('in-1.tar.zst', files);
      inPackets.put(inPacket({ state: 'applying', staging: 'staging-1' }));
    });
    ledger.commit('applied', ({ inPackets }) => inPackets.put(inPacket()));
    ledger.read(({ inPackets }) => {
      expect(inPackets.get('in-1.tar.zst')).toStrictEqual(inPacket());
      expect(inPackets.files('in-1.tar.zst')).toStrictEqual(files);
    });
    ledger.commit('fewer', ({ inPackets }) => inPackets.setFiles('in-1.tar.zst', [inFile('z')]));
    expect(ledger.read(({ inPackets }) => inPackets.files('in-1.tar.zst'))).toStrictEqual([inFile('z')]);
  });

  it('are found by packet id under the name that they were applied under', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ inPackets }) => {
      inPackets.put(inPacket({ fileName: 'damaged', state: 'damaged' }));
      inPackets.put(inPacket({ fileName: 'duplicate', state: 'duplicate' }));
      inPackets.put(inPacket({ fileName: 'applied' }));
    });
    ledger.read(({ inPackets }) => {
      expect(inPackets.byPacketId('in-packet-1')?.fileName).toBe('applied');
      expect(inPackets.byPacketId('other')).toBeUndefined();
    });
  });

  it('are listed by state and by run', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ inPackets }) => {
      inPackets.put(inPacket({ fileName: 'b', state: 'applying', transmissionId: 'run-2' }));
      inPackets.put(inPacket({ fileName: 'a', transmissionId: 'run-2' }));
      inPackets.put(inPacket({ fileName: 'c' }));
    });
    ledger.read(({ inPackets }) => {
      expect(inPackets.inState('applying').map(({ fileName }) => fileName)).toEqual(['b']);
      expect(inPackets.ofTransmission('run-2').map(({ fileName }) => fileName)).toEqual(['b', 'a']);
    });
  });

  it('leave removals that are noted once and stay until done', () => {
    const ledger = newLedger();
    ledger.commit('note', ({ inPackets }) => {
      for (const path of ['central/b', 'central/a', 'central/b']) inPackets.addRemoval({ path });
    });
    ledger.commit('done', ({ inPackets }) => {
      inPackets.removalDone('central/b');
      inPackets.removalDone('central/never-noted');
    });
    expect(ledger.read(({ inPackets }) => inPackets.removals())).toStrictEqual([{ path: 'central/a' }]);
  });
});
