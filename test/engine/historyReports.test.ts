import { describe, expect, it } from 'vitest';
import { historyCsv, historyDays, historyFiles } from '../../electron/engine/historyReports.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { newLedger } from '../ledger/ledgerFixture.ts';
import { inFile, inPacket, packet, packetFile } from '../ledger/ledgerRows.ts';

type Outcome = TransmissionResult['outcome'];

function result(
  transmissionId: string,
  outcome: Outcome,
  startedMs: number,
  message?: string,
): TransmissionResult {
  return {
    transmissionId,
    outcome,
    startedMs,
    endedMs: startedMs + 1000,
    packed: { packets: 1, files: 2, leftForNextTime: 0 },
    sent: { packets: 3, bytes: 4 },
    received: { packets: 5, files: 6, bytes: 7, rejected: 8, duplicates: 0, waiting: 0 },
    receipts: { sent: 0, received: 0 },
    queue: { queued: 0, skipped: 0 },
    attention: [],
    ...(message === undefined ? {} : { error: { code: 'c', class: 'fix', message, advice: '' } }),
  };
}

function keep(ledger: Ledger, runs: readonly (readonly [Outcome, string, string?])[]): void {
  ledger.commit('keep', ({ transmissions }) => {
    runs.forEach(([outcome, at, message], index) => {
      const startedMs = Date.parse(at);
      transmissions.begin({ transmissionId: `run-${index}`, mode: 'full', startedMs });
      transmissions.end(`run-${index}`, result(`run-${index}`, outcome, startedMs, message));
    });
  });
}

describe('the calendar', () => {
  it('has one entry for each local day with a transmission', () => {
    const ledger = newLedger();
    keep(ledger, [
      ['done', '2026-11-20T12:00:00Z'],
      ['failed', '2026-11-20T22:30:00Z'],
      ['partial', '2026-11-20T23:30:00Z'],
      ['done', '2026-11-21T00:30:00Z'],
    ]);
    const days = (offset: number) =>
      historyDays(ledger, Date.parse('2026-11-01'), Date.parse('2026-12-01'), offset);
    expect(days(0)).toEqual([
      { day: '2026-11-20', done: 1, partial: 1, failed: 1 },
      { day: '2026-11-21', done: 1, partial: 0, failed: 0 },
    ]);
    expect(days(60)).toEqual([
      { day: '2026-11-20', done: 1, partial: 0, failed: 1 },
      { day: '2026-11-21', done: 1, partial: 1, failed: 0 },
    ]);
    expect(historyDays(ledger, Date.parse('2026-11-21'), Date.parse('2026-12-01'), 0)).toHaveLength(1);
  });
});

describe('the search for a file', () => {
  it('joins what was sent and what came, newest first, up to the limit', () => {
    const ledger = newLedger();
    ledger.commit('put', ({ packets, inPackets }) => {
      packets.insert(packet({ createdMs: 50 }));
      packets.addFiles('packet-1', [packetFile('prices.csv')]);
      inPackets.put(inPacket({ receivedMs: 60 }));
      inPackets.setFiles('in-1.tar.zst', [inFile('old prices.csv', { result: 'refused' })]);
    });
    expect(historyFiles(ledger, 'prices', 10)).toMatchObject([
      { direction: 'received', path: 'old prices.csv', atMs: 60 },
      { direction: 'sent', path: 'prices.csv', atMs: 50 },
    ]);
    expect(historyFiles(ledger, 'prices', 1)).toHaveLength(1);
    expect(historyFiles(ledger, 'cost', 10)).toEqual([]);
  });
});

describe('the history as CSV', () => {
  it('quotes what must be quoted, and makes formulas harmless', () => {
    const ledger = newLedger();
    keep(ledger, [
      ['done', '2026-11-20T12:00:00Z'],
      ['failed', '2026-11-20T13:00:00Z', 'The server said "no",\r\nand hung up.'],
      ['failed', '2026-11-20T14:00:00Z', '=HYPERLINK("http://example.com")'],
    ]);
    const rows = ledger.read(({ reports }) => reports.transmissionsBefore(Number.MAX_SAFE_INTEGER, 10));
    const numbers = '2,3,4,5,6,8';
    const time = (hour: number) => `2026-11-20T${hour}:00:00.000Z,2026-11-20T${hour}:00:01.000Z,full`;
    expect(historyCsv(rows)).toBe(
      [
        'started,ended,mode,outcome,files packed,packets sent,bytes sent,packets received,files received,rejected,error',
        `${time(14)},failed,${numbers},"'=HYPERLINK(""http://example.com"")"`,
        `${time(13)},failed,${numbers},"The server said ""no"",\r\nand hung up."`,
        `${time(12)},done,${numbers},`,
        '',
      ].join('\r\n'),
    );
  });
});
