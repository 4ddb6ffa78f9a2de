import { describe, expect, it } from 'vitest';
import { newLedger } from './ledgerFixture.ts';
import { packet, packetFile, store12, store13 } from './ledgerRows.ts';

const ids = (rows: readonly { readonly packetId: string }[]) => rows.map((row) => row.packetId);

describe('packets', () => {
  it('come back as they were put in, by id and by file name', () => {
    const ledger = newLedger();
    const sealed = packet({ backupRemovedMs: 9 });
    ledger.commit('insert', ({ packets }) => packets.insert(sealed));
    ledger.read(({ packets }) => {
      expect(packets.get(sealed.packetId)).toStrictEqual(sealed);
      expect(packets.byFileName(sealed.fileName)).toStrictEqual(sealed);
      expect(packets.get('other')).toBeUndefined();
      expect(packets.byFileName('other')).toBeUndefined();
    });
  });

  it('may not share a file name', () => {
    const ledger = newLedger();
    expect(() =>
      ledger.commit('insert', ({ packets }) => {
        packets.insert(packet({ packetId: 'a' }));
        packets.insert(packet({ packetId: 'b' }));
      }),
    ).toThrow(/UNIQUE/);
    expect(ledger.read(({ packets }) => packets.get('a'))).toBeUndefined();
  });

  it('are found by a number they answer for, the void beside the packet it replaces', () => {
    const ledger = newLedger();
    ledger.commit('insert', ({ packets }) => {
      for (const sequence of [1, 2, 3]) packets.insert(packet({ sequence }));
      packets.insert(packet({ sequence: 9, streamId: 'stream-2' }));
      packets.insert(packet({ packetId: 'void', fileName: 'void', sequence: 2, through: 5, kind: 'void' }));
    });
    ledger.read(({ packets }) => {
      expect(ids(packets.byNumber('stream-1', 1))).toEqual(['packet-1']);
      expect(ids(packets.byNumber('stream-1', 2))).toEqual(['packet-2', 'void']);
      expect(ids(packets.byNumber('stream-1', 5))).toEqual(['void']);
      expect(ids(packets.byNumber('stream-1', 6))).toEqual([]);
      expect(ids(packets.byNumber('stream-1', 9))).toEqual([]);
    });
  });

  it('are listed by state, and by time without those that were never sealed', () => {
    const ledger = newLedger();
    ledger.commit('insert', ({ packets }) => {
      packets.insert(packet({ sequence: 3, state: 'cancelled', to: store12 }));
      packets.insert(packet({ sequence: 2, state: 'sealing' }));
      packets.insert(packet({ sequence: 1 }));
    });
    ledger.read(({ packets }) => {
      expect(ids(packets.inState('sealing'))).toEqual(['packet-2']);
      expect(ids(packets.createdSince(1001))).toEqual(['packet-1', 'packet-3']);
      expect(ids(packets.createdSince(1002))).toEqual(['packet-3']);
      expect(ids(packets.createdSince(0, store12))).toEqual(['packet-3']);
      expect(ids(packets.createdSince(0, store13))).toEqual([]);
    });
  });

  it('get their sizes when they are sealed', () => {
    const ledger = newLedger();
    ledger.commit('seal', ({ packets }) => {
      packets.insert(packet({ state: 'sealing', sizeBytes: 0, contentBytes: 0, fileCount: 0 }));
      packets.setSealed('packet-1', { sizeBytes: 7, contentBytes: 8, fileCount: 9 });
    });
    expect(ledger.read(({ packets }) => packets.get('packet-1'))).toMatchObject({
      state: 'sealed',
      sizeBytes: 7,
      contentBytes: 8,
      fileCount: 9,
    });
  });

  it('are cancelled and lose their backup copy on request, and an unknown one is refused', () => {
    const ledger = newLedger();
    ledger.commit('change', ({ packets }) => {
      packets.insert(packet());
      packets.setState('packet-1', 'cancelled');
      packets.setBackupRemoved('packet-1', 77);
    });
    expect(ledger.read(({ packets }) => packets.get('packet-1'))).toMatchObject({
      state: 'cancelled',
      backupRemovedMs: 77,
    });
    expect(() => ledger.commit('x', ({ packets }) => packets.setState('none', 'sealed'))).toThrow(
      'no packet to change',
    );
  });

  it('are forgotten with their files only while they were never sealed', () => {
    const ledger = newLedger();
    ledger.commit('insert', ({ packets }) => {
      packets.insert(packet({ sequence: 1, state: 'sealing' }));
      packets.addFiles('packet-1', [packetFile('a')]);
      packets.insert(packet({ sequence: 2 }));
      packets.remove('packet-1');
    });
    ledger.read(({ packets }) => {
      expect(packets.get('packet-1')).toBeUndefined();
      expect(packets.files('packet-1')).toEqual([]);
      expect(packets.pendingSources()).toEqual([]);
    });
    expect(() => ledger.commit('remove', ({ packets }) => packets.remove('packet-2'))).toThrow();
    expect(ledger.read(({ packets }) => packets.get('packet-2'))).toBeDefined();
  });
});

describe('the files of packets', () => {
  it('keep their order, whatever their names, over several additions', () => {
    const ledger = newLedger();
    const files = ['z', 'a', 'größe/日本.csv', 'a b '].map((path) => packetFile(path));
    ledger.commit('add', ({ packets }) => {
      // Rows may come in any order inside one commit.
      packets.addFiles('packet-1', files.slice(0, 3));
      packets.insert(packet());
      packets.addFiles('packet-1', files.slice(3));
    });
    expect(ledger.read(({ packets }) => packets.files('packet-1'))).toStrictEqual(files);
  });

  it('are pending until settled, unless they were not picked up', () => {
    const ledger = newLedger();
    ledger.commit('add', ({ packets }) => {
      packets.insert(packet({ sequence: 2 }));
      packets.insert(packet({ sequence: 1 }));
      packets.addFiles('packet-1', [packetFile('c')]);
      packets.addFiles('packet-2', [
        packetFile('a'),
        packetFile('made', { sourcePath: '' }),
        packetFile('b'),
      ]);
    });
    const pending = () =>
      ledger.read(({ packets }) =>
        packets.pendingSources().map((row) => [row.packetId, row.index, row.path]),
      );
    expect(pending()).toEqual([
      ['packet-2', 0, 'a'],
      ['packet-2', 2, 'b'],
      ['packet-1', 0, 'c'],
    ]);
    ledger.commit('settle', ({ packets }) => packets.settleSource('packet-2', 0));
    ledger.commit('settle again', ({ packets }) => packets.settleSource('packet-2', 0));
    expect(pending()).toEqual([
      ['packet-2', 2, 'b'],
      ['packet-1', 0, 'c'],
    ]);
  });

  it('cannot belong to a packet that is not there', () => {
    const ledger = newLedger();
    expect(() => ledger.commit('add', ({ packets }) => packets.addFiles('none', [packetFile('a')]))).toThrow(
      /FOREIGN KEY/,
    );
  });
});

describe('backup copies', () => {
  it('expire once every answer is old enough and nothing is left to deliver', () => {
    const ledger = newLedger();
    const answer = { outcome: 'accepted', code: 'ok', message: '' } as const;
    ledger.commit('fill', ({ packets, deliveries, answers }) => {
      const add = (name: string, given: Parameters<typeof packet>[0] = {}) => {
        packets.insert(packet({ packetId: name, fileName: name, createdMs: 10, ...given }));
        return deliveries.add({ packetId: name, folder: 'central', addressee: 'central' });
      };
      deliveries.change(add('answered'), { state: 'answered' });
      answers.set({ packetId: 'answered', site: 'central', answeredMs: 20, ...answer });
      deliveries.change(add('late-answer'), { state: 'answered' });
      answers.set({ packetId: 'late-answer', site: store12, answeredMs: 20, ...answer });
      answers.set({ packetId: 'late-answer', site: store13, answeredMs: 100, ...answer });
      deliveries.change(add('awaited'), { state: 'published' });
      answers.expect('awaited', 'central');
      add('queued');
      deliveries.change(add('skipped'), { state: 'skipped' });
      deliveries.change(add('nobody-answers'), { state: 'answered' });
      deliveries.change(add('too-young', { createdMs: 100 }), { state: 'answered' });
      deliveries.change(add('cancelled', { state: 'cancelled' }), { state: 'cancelled' });
      deliveries.change(add('gone', { backupRemovedMs: 50 }), { state: 'answered' });
    });
    ledger.read(({ packets }) => {
      expect(ids(packets.backupExpired(100))).toEqual(['answered', 'nobody-answers']);
      expect(ids(packets.backupExpired(101))).toEqual([
        'answered',
        'late-answer',
        'nobody-answers',
        'too-young',
      ]);
    });
  });
});
