import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultCall } from '../../electron/transport/decorators/fault.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { createFakeOffice, type FakeOffice, joinAll } from './fakeOffice.ts';
import type { FakeSite } from './fakeSite.ts';
import { full, lost } from './troubles.ts';

const minute = 60_000;

async function office(): Promise<FakeOffice> {
  const made = createFakeOffice({
    stores: 1,
    connections: 4,
    delivery: { packetFiles: 1, retries: 20 },
    suspension: { failures: 3, minutes: 15 },
  });
  onTestFinished(() => made.dispose());
  await joinAll(made);
  return made;
}

/** A run in which every upload meets this; how many uploads there were. */
async function sendAgainst(
  site: FakeSite,
  fault: 'lost' | 'full' | undefined,
  mode: 'full' | 'import-only' = 'full',
) {
  const uploads: FaultCall[] = [];
  const result = await site.transmit(mode, {
    decide(call) {
      if (call.method !== 'upload') return undefined;
      uploads.push(call);
      if (fault === 'full') return full();
      return fault === undefined ? undefined : { kind: 'fail', when: 'before', error: lost(), closes: true };
    },
  });
  if (result === 'crashed') throw new Error('a run without a kill was killed');
  return { result, uploads: uploads.length };
}

function connection(site: FakeSite) {
  return site.withLedger((ledger) => ledger.read((tables) => tables.connection.get()));
}

function oldestQueued(site: FakeSite) {
  return site.withLedger((ledger) =>
    ledger.read((tables) => tables.deliveries.inState('queued').map(({ attempts }) => attempts)),
  );
}

describe('failures to send, with the connection made', () => {
  it('suspend in the middle of a run; then the oldest packet alone is tried', async () => {
    const { clock, central } = await office();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) central.drop(`price-book/0001/${name}.csv`, name);
    const first = await sendAgainst(central, 'lost');
    expect(first.result.error?.code).toBe('suspended');
    expect(connection(central).failures).toBeGreaterThanOrEqual(3);
    const before = oldestQueued(central);

    await clock.advance(15 * minute);
    const probe = await sendAgainst(central, 'lost');
    expect(probe.uploads).toBe(1);
    expect(probe.result.error?.code).toBe('suspended');
    const [oldest, ...others] = before;
    expect(oldestQueued(central)).toEqual([(oldest ?? 0) + 1, ...others]);

    await clock.advance(15 * minute);
    const good = await sendAgainst(central, undefined);
    expect(good.result).toMatchObject({ outcome: 'done', sent: { packets: 6 } });
    expect(connection(central)).toMatchObject({ failures: 0, suspended: undefined });
  });

  it('are not a row where a packet gets through between them', async () => {
    const { central } = await office();
    for (let round = 0; round < 4; round += 1) {
      central.drop(`price-book/0001/${round}.csv`, `${round}`);
      let uploads = 0;
      const result = await central.transmit('full', {
        decide(call) {
          if (call.method !== 'upload') return undefined;
          uploads += 1;
          return uploads <= 2 ? { kind: 'fail', when: 'before', error: lost() } : undefined;
        },
      });
      expect(result).toMatchObject({ outcome: 'done', sent: { packets: 1 } });
      expect(connection(central)).toMatchObject({ failures: 0, suspended: undefined });
    }
  });

  it('of a full server do not count, and a probe that meets one rests again', async () => {
    const { clock, central } = await office();
    central.drop('price-book/0001/a.csv', 'a');
    for (let run = 0; run < 5; run += 1) {
      expect((await sendAgainst(central, 'full')).result.error?.code).toBe('no-room');
      await clock.advance(minute);
    }
    expect(connection(central)).toMatchObject({ failures: 0, suspended: undefined });
    await sendAgainst(central, 'lost');
    await clock.advance(15 * minute);
    const probe = await sendAgainst(central, 'full');
    expect(probe).toMatchObject({ uploads: 1, result: { error: { code: 'no-room' } } });
    expect(connection(central).suspended?.untilMs).toBe(clock.now() + 15 * minute);
  });

  it('are not forgotten by a run that only imports, and it does not send', async () => {
    const { clock, central } = await office();
    central.drop('price-book/0001/a.csv', 'a');
    await sendAgainst(central, 'lost');
    await clock.advance(15 * minute);
    const run = await sendAgainst(central, undefined, 'import-only');
    expect(run).toMatchObject({ uploads: 0, result: { error: undefined } });
    expect(connection(central).suspended).toBeDefined();
    expect((await sendAgainst(central, undefined)).result).toMatchObject({ sent: { packets: 1 } });
    expect(connection(central).suspended).toBeUndefined();
  });

  it('keep the set minutes when the clock is set back in between', async () => {
    const { clock, central } = await office();
    central.drop('price-book/0001/a.csv', 'a');
    await sendAgainst(central, 'lost');
    clock.setWallClock(clock.now() - 24 * 60 * minute);
    expect((await sendAgainst(central, undefined)).result.error?.code).toBe('suspended');
    await clock.advance(15 * minute);
    const result: TransmissionResult = (await sendAgainst(central, undefined)).result;
    expect(result).toMatchObject({ outcome: 'done', sent: { packets: 1 } });
  });
});
