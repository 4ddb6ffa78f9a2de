import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAlarms } from '../../electron/alerts/createAlarms.ts';
import { reviewAlarms } from '../../electron/engine/areas/alerts/reviewAlarms.ts';
import type { LedgerTables } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import {
  cancelDeliveries,
  retryDeliveries,
  skipDeliveries,
} from '../../electron/transmission/publish/queueActions.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { temporaryFolder } from '../ledger/ledgerFixture.ts';
import { packet, site, store12 } from '../ledger/ledgerRows.ts';
import { centralSettings } from '../renderer/presentStates.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { createSeededRandom } from '../support/seededRandom.ts';

const hour = 3_600_000;
const settings = settingsSchema.parse({
  ...centralSettings,
  mail: { host: 'localhost', sender: 'a@example.com', recipients: ['b@example.com'] },
});

function setUp() {
  const clock = createFakeClock();
  const ledger = openLedger({ path: join(temporaryFolder(), 'ledger.db'), clock });
  onTestFinished(() => ledger.close());
  const alarms = createAlarms({
    ledger,
    clock,
    random: createSeededRandom(),
    settings: () => settings,
    onChange: () => undefined,
  });
  /** Looks twice, as after a restart: the second look changes nothing. */
  const review = () => {
    reviewAlarms({ ledger, clock }, settings, alarms);
    reviewAlarms({ ledger, clock }, settings, alarms);
    return ledger.read((tables) => ({
      standing: tables.alarms.allStanding().map(({ kind, cause }) => `${kind} ${cause}`),
      mails: tables.mails.unsent().map(({ subject }) => subject),
    }));
  };
  const change = (work: (tables: LedgerTables) => void) => ledger.commit('change', work);
  let count = 0;
  const ran = (failure: ErrorReport | undefined) =>
    change(({ transmissions }) => {
      count += 1;
      const transmissionId = `run ${count}`;
      transmissions.begin({ transmissionId, mode: 'full', startedMs: clock.now() });
      transmissions.end(transmissionId, resultOf(transmissionId, clock.now(), failure));
    });
  return { clock, ledger, review, change, ran };
}

const error: ErrorReport = { code: 'connection-lost', class: 'retry', message: 'Lost.', advice: '' };

describe('alarms that are read off the ledger', () => {
  it.each(['retried', 'cancelled', 'delivered'] as const)(
    'a packet whose retries are used up stands until it is %s',
    (end) => {
      const { ledger, review, change } = setUp();
      change(({ packets, deliveries }) => {
        packets.insert(packet());
        const id = deliveries.add({ packetId: packet().packetId, folder: 'stores/0012', addressee: store12 });
        deliveries.change(id, { state: 'skipped', attempts: 6, lastError: error });
      });
      expect(review()).toEqual({
        standing: ['skipped 1'],
        mails: ['Packet skipped at the central site (Head office Utrecht)'],
      });
      if (end === 'retried') retryDeliveries(ledger);
      else if (end === 'cancelled') cancelDeliveries(ledger, [1]);
      else change(({ deliveries }) => deliveries.change(1, { state: 'published' }));
      expect(review()).toEqual({
        standing: [],
        mails: [
          'Packet skipped at the central site (Head office Utrecht)',
          'Resolved: Packet skipped at the central site (Head office Utrecht)',
        ],
      });
    },
  );

  it('a packet that a person set aside surprises nobody', () => {
    const { ledger, review, change } = setUp();
    change(({ packets, deliveries }) => {
      packets.insert(packet());
      const id = deliveries.add({ packetId: packet().packetId, folder: 'stores/0012', addressee: store12 });
      deliveries.change(id, { attempts: 2, lastError: error });
    });
    skipDeliveries(ledger, [1]);
    expect(review()).toEqual({ standing: [], mails: [] });
  });

  it('a store is late after the set hours, once, until something comes from it', async () => {
    const { clock, review, change, ran } = setUp();
    const heard = () =>
      change(({ sites }) =>
        sites.put(site({ label: 'Riverside', lastReceiptMs: clock.now(), lastReceiptNumber: 1 })),
      );
    heard();
    await clock.advance(25 * hour);
    expect(review().standing).toEqual([]);
    await clock.advance(2 * hour);
    // The server was gone all the time: nobody knows what the store did.
    ran(error);
    expect(review().standing).toEqual([]);
    ran(undefined);
    expect(review()).toEqual({ standing: ['late-store 0012'], mails: ['Store 0012 (Riverside) is late'] });
    await clock.advance(100 * hour);
    ran(error);
    expect(review().mails).toHaveLength(1);
    heard();
    expect(review()).toEqual({
      standing: [],
      mails: ['Store 0012 (Riverside) is late', 'Resolved: Store 0012 (Riverside) is late'],
    });
  });

  it('an untrusted server stands until a log-in succeeds, whatever else goes wrong in between', async () => {
    const { clock, review, change, ran } = setUp();
    ran({ code: 'untrusted', class: 'trust', message: 'It is self-signed.', advice: 'Compare.' });
    expect(review()).toEqual({
      standing: ['untrusted ftp.example.com:21'],
      mails: ['Untrusted server at the central site (Head office Utrecht)'],
    });
    await clock.advance(hour);
    ran(error);
    expect(review().standing).toHaveLength(1);
    await clock.advance(hour);
    change(({ connection }) => connection.put({ ...connection.get(), lastLoginMs: clock.now() }));
    ran(undefined);
    expect(review()).toMatchObject({ standing: [], mails: { length: 2 } });
  });

  it('leaves alone what others raised', () => {
    const { review, change } = setUp();
    change(({ alarms }) =>
      alarms.add({ kind: 'failed-import', cause: 'users', subject: 'S', body: 'B', raisedMs: 1 }),
    );
    expect(review().standing).toEqual(['failed-import users']);
  });
});

function resultOf(
  transmissionId: string,
  atMs: number,
  failure: ErrorReport | undefined,
): TransmissionResult {
  return {
    transmissionId,
    outcome: failure === undefined ? 'done' : 'failed',
    startedMs: atMs,
    endedMs: atMs,
    packed: { packets: 0, files: 0, leftForNextTime: 0 },
    sent: { packets: 0, bytes: 0 },
    received: { packets: 0, files: 0, bytes: 0, rejected: 0, duplicates: 0, waiting: 0 },
    receipts: { sent: 0, received: 0 },
    queue: { queued: 0, skipped: 0 },
    attention: [],
    error: failure,
  };
}
