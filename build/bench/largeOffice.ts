import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { siteNameSchema } from '../../shared/sites.ts';

export interface LargeOffice {
  readonly stores: number;
  readonly transmissions: number;
}

const quarterHourMs = 15 * 60_000;
const perCommit = 10_000;

function id(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

function resultOf(number: number, startedMs: number): TransmissionResult {
  const failed = number % 97 === 0;
  return {
    transmissionId: id(number),
    outcome: failed ? 'failed' : number % 41 === 0 ? 'partial' : 'done',
    startedMs,
    endedMs: startedMs + 1500 + (number % 7) * 400,
    packed: { packets: number % 3, files: number % 9, leftForNextTime: 0 },
    sent: { packets: number % 3, bytes: (number % 3) * 40_000 },
    received: {
      packets: number % 11,
      files: number % 23,
      bytes: (number % 11) * 51_000,
      rejected: 0,
      duplicates: 0,
      waiting: 0,
    },
    receipts: { sent: number % 11, received: number % 3 },
    queue: { queued: 0, skipped: 0 },
    attention: [],
    ...(failed
      ? {
          error: {
            code: 'connection-lost',
            class: 'retry',
            message: 'The connection to the server was lost.',
            advice: 'It is tried again.',
          },
        }
      : {}),
  };
}

/** Fills the ledger of a central site that is set up and has no history, as years of work would. */
export function fillLargeOffice(dataDir: string, { stores, transmissions }: LargeOffice): void {
  const ledger = openLedger({ path: dataPaths(dataDir).ledger, clock: systemClock });
  const nowMs = systemClock.now();
  for (let from = 0; from < transmissions; from += perCommit) {
    ledger.commit('bench', (tables) => {
      for (let number = from; number < Math.min(from + perCommit, transmissions); number += 1) {
        const startedMs = nowMs - (transmissions - number) * quarterHourMs;
        tables.transmissions.begin({ transmissionId: id(number), mode: 'full', startedMs });
        tables.transmissions.end(id(number), resultOf(number, startedMs));
      }
    });
  }
  ledger.commit('bench', (tables) => {
    for (let number = 1; number <= stores; number += 1) {
      const name = siteNameSchema.parse(String(number).padStart(4, '0'));
      tables.sites.put({
        name,
        guid: id(number),
        label: `Store in street ${number}`,
        firstSeenMs: nowMs - 1e9,
        lastReceiptNumber: 1,
        lastReceiptMs: nowMs - (number % 90) * 3_600_000,
        lastReceiptMade: 1,
        welcomed: true,
        allStartsAt: 1,
        version: '0.1.0',
      });
      if (number % 5 === 0) continue;
      tables.inPackets.put({
        fileName: `${name}-central-00000001-k3f9q2m7.tar.zst`,
        packetId: id(1_000_000 + number),
        streamId: id(2_000_000 + number),
        from: name,
        to: siteNameSchema.parse('central'),
        sequence: 1,
        through: 1,
        sizeBytes: 40_000,
        state: 'applied',
        code: 'ok',
        message: 'accepted',
        receivedMs: nowMs - (number % 60) * 3_600_000,
        transmissionId: id(transmissions - 1),
        staging: '',
      });
    }
  });
  ledger.close();
}
