import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDeliveries } from '../../electron/transmission/publish/queueActions.ts';
import { resendPackets } from '../../electron/transmission/publish/resendPackets.ts';
import type { Fault, FaultCall } from '../../electron/transport/decorators/fault.ts';
import { createFakeOffice, type FakeOffice, joinAll } from './fakeOffice.ts';
import { type FakeSite, SimulatedCrash, type Trouble } from './fakeSite.ts';
import { full, lost } from './troubles.ts';

/** CI runs the whole property, in parts side by side; a person's run is shorter. FC_RUNS and FC_SEED repeat one. */
const parts = 2;
const runs = Math.ceil(Number(process.env['FC_RUNS'] ?? (process.env['CI'] ? 2000 : 200)) / parts);
const storeCount = 2;

type FaultKind =
  | 'lost-before'
  | 'lost-after'
  | 'lost-mid'
  | 'crash-before'
  | 'crash-after'
  | 'corrupt'
  | 'truncate'
  | 'duplicate'
  | 'reverse'
  | 'full';

interface PlannedFault {
  /** Which call of the run it strikes. */
  readonly at: number;
  readonly kind: FaultKind;
  readonly byte: number;
}

type Step =
  | {
      readonly do: 'drop';
      readonly site: number;
      readonly to: number;
      readonly files: number;
      readonly sameName: boolean;
    }
  | {
      readonly do: 'transmit';
      readonly site: number;
      readonly mode: 'full' | 'export-only' | 'import-only';
      readonly faults: readonly PlannedFault[];
      readonly commit: { readonly nth: number; readonly when: 'before' | 'after' } | undefined;
      readonly cancelAtCall: number | undefined;
    }
  | { readonly do: 'resend'; readonly site: number }
  | { readonly do: 'fill' | 'empty' }
  | { readonly do: 'wait'; readonly hours: number };

const fault: fc.Arbitrary<PlannedFault> = fc.record({
  at: fc.integer({ min: 1, max: 40 }),
  kind: fc.constantFrom<FaultKind>(
    'lost-before',
    'lost-after',
    'lost-mid',
    'crash-before',
    'crash-after',
    'corrupt',
    'truncate',
    'duplicate',
    'reverse',
    'full',
  ),
  byte: fc.nat(3000),
});

const site = fc.nat(storeCount);

const transmitStep: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('transmit' as const),
  site,
  mode: fc.oneof(
    { weight: 4, arbitrary: fc.constant('full' as const) },
    { weight: 1, arbitrary: fc.constantFrom('export-only' as const, 'import-only' as const) },
  ),
  faults: fc.array(fault, { maxLength: 3 }),
  commit: fc.option(
    fc.record({
      nth: fc.integer({ min: 1, max: 25 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
    {
      nil: undefined,
      freq: 3,
    },
  ),
  cancelAtCall: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 8 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: transmitStep },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('drop' as const),
      site,
      to: fc.nat(storeCount),
      files: fc.integer({ min: 1, max: 3 }),
      sameName: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const), site }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('fill' as const, 'empty' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 100 }) }),
  },
);

/** What each site must have received in the end: contents are unique, so a doubled file shows. */
class Expected {
  readonly #bySite = new Map<FakeSite, string[]>();
  #count = 0;

  nextContent(): string {
    this.#count += 1;
    return `file number ${this.#count}\n${'x'.repeat((this.#count * 337) % 1500)}`;
  }

  add(site: FakeSite, channel: string, content: string): void {
    const list = this.#bySite.get(site) ?? [];
    list.push(`${channel}: ${content}`);
    this.#bySite.set(site, list);
  }

  of(site: FakeSite): string[] {
    return [...(this.#bySite.get(site) ?? [])].sort();
  }
}

function toFault(planned: PlannedFault, call: FaultCall): Fault | undefined {
  const killed = new SimulatedCrash('killed');
  switch (planned.kind) {
    case 'lost-before':
      return { kind: 'fail', when: 'before', error: lost(), closes: true };
    case 'lost-after':
      return { kind: 'fail', when: 'after', error: lost(), closes: true };
    case 'lost-mid':
      return { kind: 'fail', when: { afterBytes: planned.byte }, error: lost(), closes: true };
    case 'crash-before':
      return { kind: 'crash', when: 'before', error: killed };
    case 'crash-after':
      return { kind: 'crash', when: 'after', error: killed };
    case 'corrupt':
      return call.method === 'upload' || call.method === 'download'
        ? { kind: 'corrupt', atByte: planned.byte }
        : undefined;
    case 'truncate':
      return call.method === 'upload' || call.method === 'download'
        ? { kind: 'truncate', afterBytes: planned.byte }
        : undefined;
    case 'duplicate':
    case 'reverse':
      return call.method === 'list' ? { kind: 'listing', change: planned.kind } : undefined;
    case 'full':
      return call.method === 'upload' ? full() : undefined;
  }
}

function troubleOf(run: Extract<Step, { do: 'transmit' }>): Trouble {
  return {
    decide: (call) => {
      const planned = run.faults.find((candidate) => candidate.at === call.sequence);
      return planned === undefined ? undefined : toFault(planned, call);
    },
    ...(run.commit === undefined ? {} : { commit: run.commit }),
    ...(run.cancelAtCall === undefined ? {} : { cancelAtCall: run.cancelAtCall }),
  };
}

function drop(
  office: FakeOffice,
  expected: Expected,
  run: Extract<Step, { do: 'drop' }>,
  index: number,
): void {
  const from = office.sites[run.site];
  if (from === undefined) return;
  for (let file = 0; file < run.files; file += 1) {
    const content = expected.nextContent();
    const store = office.stores[run.to - 1];
    const folder = from !== office.central ? 'daily-close' : `price-book/${store?.name ?? 'all'}`;
    // A second file under a name that still waits would replace the first, as on any disk: another name then.
    const same = `same-${file}.csv`;
    const name = run.sameName && !from.waits(`${folder}/${same}`) ? same : `é ${index}-${file}.csv`;
    from.drop(`${folder}/${name}`, content);
    if (from !== office.central) {
      expected.add(office.central, 'daily-close', content);
      continue;
    }
    for (const addressee of store === undefined ? office.stores : [store])
      expected.add(addressee, 'price-book', content);
  }
}

async function perform(office: FakeOffice, expected: Expected, one: Step, index: number): Promise<void> {
  switch (one.do) {
    case 'drop':
      return drop(office, expected, one, index);
    case 'transmit':
      await Promise.all(
        office.sites.slice(one.site, one.site + 1).map((site) => transmit(office, site, one)),
      );
      return;
    case 'resend':
      office.sites[one.site]?.withLedger((ledger) =>
        resendPackets(ledger, (tables) => tables.packets.createdSince(0)),
      );
      return;
    case 'fill':
      return office.server.setCapacity(1000);
    case 'empty':
      return office.server.setCapacity(Number.POSITIVE_INFINITY);
    case 'wait':
      await office.clock.advance(one.hours * 3_600_000);
  }
}

function contents(site: FakeSite): string[] {
  return [...site.arrived()].map(([path, content]) => `${path.split('/')[0]}: ${content.toString()}`).sort();
}

/** So few failures suspend, and for so long: what the faults of a few runs can bring about. */
const suspendedMinutes = 15;

/** One run, which must not touch the server while the connection rests. */
async function transmit(
  office: FakeOffice,
  site: FakeSite,
  one: Extract<Step, { do: 'transmit' }>,
): Promise<void> {
  const { suspended } = site.withLedger((ledger) => ledger.read((tables) => tables.connection.get()));
  const rests = suspended !== undefined && suspended.untilMs > office.clock.now();
  const { decide, ...trouble } = troubleOf(one);
  let calls = 0;
  await site.transmit(one.mode, {
    ...trouble,
    decide(call) {
      calls += 1;
      return decide?.(call);
    },
  });
  if (rests) expect(calls).toBe(0);
}

/** Faults have stopped: everybody transmits a few more times, and a person retries what was skipped. */
async function settle(office: FakeOffice): Promise<void> {
  office.server.setCapacity(Number.POSITIVE_INFINITY);
  await office.clock.advance(suspendedMinutes * 60_000);
  for (let round = 0; round < 6; round += 1) {
    for (const one of office.sites) {
      one.withLedger((ledger) => retryDeliveries(ledger));
      const result = await one.transmit();
      if (result === 'crashed') throw new Error('a run without faults was killed');
      expect(result.error).toBeUndefined();
    }
  }
}

function checkServer(office: FakeOffice): void {
  const left = [...office.server.snapshot().keys()].filter(
    (path) => !/^office\.json$|^stores\/\d+\/(site|welcome)\.json$/.test(path),
  );
  expect(left).toEqual([]);
}

/** Registers one part of the property. The seed is in the test's name. */
export function testChaos(part: number): void {
  const seed = Number(process.env['FC_SEED'] ?? (Date.now() + part * 1_000_003) % 2 ** 31);
  test(`whatever goes wrong, every file arrives exactly once at exactly its addressees (${runs} runs, seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.nat(),
        async (steps, officeSeed) => {
          const office = createFakeOffice({
            stores: storeCount,
            seed: officeSeed,
            delivery: { packetSizeMegabytes: 0.002 },
            suspension: { failures: 2, minutes: suspendedMinutes },
          });
          try {
            await joinAll(office);
            const expected = new Expected();
            for (const [index, one] of steps.entries()) await perform(office, expected, one, index);
            await settle(office);
            for (const one of office.sites) expect(contents(one)).toEqual(expected.of(one));
            checkServer(office);
            for (const one of office.sites) {
              const open = one.withLedger((ledger) =>
                ledger.read((tables) => tables.deliveries.inState('queued', 'published', 'skipped').length),
              );
              expect(open).toBe(0);
            }
          } finally {
            office.dispose();
          }
        },
      ),
      { numRuns: runs, seed, endOnFailure: process.env['FC_SHRINK'] === undefined },
    );
  }, 1_800_000);
}
