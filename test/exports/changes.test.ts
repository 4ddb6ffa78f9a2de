import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportMemory } from '../../electron/engine/areas/exports/exportMemory.ts';
import { runExport } from '../../electron/exports/runExport.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { Fault } from '../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { createTransportPool } from '../../electron/transport/pool/transportPool.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { crashingLedger } from '../office/crashingLedger.ts';
import { full, lost } from '../office/troubles.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { enquiriesDataset, exportOf, standard } from './exportsFixture.ts';

const runs = Number(process.env['FC_RUNS'] ?? (process.env['CI'] ? 200 : 60));
const memoryDisk = '/dev/shm';

type FaultKind =
  | 'lost-before'
  | 'lost-after'
  | 'lost-mid'
  | 'crash-before'
  | 'crash-after'
  | 'truncate'
  | 'full';

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('add' as const), rows: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('export' as const),
      fault: fc.option(
        fc.record({
          at: fc.integer({ min: 1, max: 10 }),
          kind: fc.constantFrom<FaultKind>(
            'lost-before',
            'lost-after',
            'lost-mid',
            'crash-before',
            'crash-after',
            'truncate',
            'full',
          ),
        }),
        { nil: undefined },
      ),
      commit: fc.option(
        fc.record({
          nth: fc.integer({ min: 1, max: 4 }),
          when: fc.constantFrom('before' as const, 'after' as const),
        }),
        { nil: undefined, freq: 3 },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('import' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.integer({ min: -5000, max: 5000 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const crash = new Error('killed');

function toFault(kind: FaultKind, method: string): Fault | undefined {
  switch (kind) {
    case 'lost-before':
      return { kind: 'fail', when: 'before', error: lost(), closes: true };
    case 'lost-after':
      return { kind: 'fail', when: 'after', error: lost(), closes: true };
    case 'lost-mid':
      return { kind: 'fail', when: { afterBytes: 9 }, error: lost(), closes: true };
    case 'crash-before':
      return { kind: 'crash', when: 'before', error: crash };
    case 'crash-after':
      return { kind: 'crash', when: 'after', error: crash };
    case 'truncate':
      return method === 'upload' ? { kind: 'truncate', afterBytes: 9 } : undefined;
    case 'full':
      return method === 'upload' ? full() : undefined;
  }
}

/** A central site, its server, and a partner who fetches files. */
function openWorld(folder: string) {
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock });
  const records = openRecords({ path: join(folder, 'records.db'), clock, random: systemRandom });
  records.addDataset(enquiriesDataset);
  const settings = exportOf({
    name: 'enquiries',
    dataset: 'enquiries',
    folder: 'exports/enquiries',
    kind: 'changes',
  });
  const taken: string[] = [];
  let added = 0;
  let run = 0;

  const visible = () => [...server.snapshot()].filter(([path]) => path.startsWith('exports/'));
  const rowsIn = (content: string) => {
    // Never visible while incomplete: every line has its end.
    expect(content).toMatch(/^question\r\n(question \d+\r\n)+$/);
    return content.split('\r\n').slice(1, -1);
  };
  return {
    get added() {
      return added;
    },
    add(rows: number) {
      for (let row = 0; row < rows; row += 1) {
        added += 1;
        expect(records.add(enquiriesDataset.name, standard, { question: `question ${added}` })).toEqual([]);
      }
    },
    /** All rows that are there, and one more, in a new edition. */
    import() {
      const staging = records.stage(enquiriesDataset.name, standard, 'test', ['question']);
      added += 1;
      for (let row = 1; row <= added; row += 1) staging.add(row + 1, [`question ${added + 1 - row}`]);
      staging.finish();
      records.publish(enquiriesDataset.name, standard, staging.editionId, 100);
    },
    async export(trouble: Partial<Extract<Step, { do: 'export' }>> = {}) {
      run += 1;
      const { fault, commit } = trouble;
      const script = new FaultScript((call) =>
        fault !== undefined && call.sequence === fault.at ? toFault(fault.kind, call.method) : undefined,
      );
      let dead = false;
      const mortal = crashingLedger(
        ledger,
        commit,
        crash,
        () => dead || script.crashed !== undefined,
        () => {
          dead = true;
        },
      );
      const pool = createTransportPool(withScriptedFaults(server.factory('memory'), script), {
        limit: 1,
        clock,
      });
      try {
        await runExport({
          runId: `run-${run}`,
          settings,
          records,
          pool,
          clock,
          signal: undefined,
          memory: exportMemory(mortal, settings.name, `run-${run}`, () => clock.now()),
          localPath: join(folder, 'enquiries.csv'),
          complete: false,
          onProgress: () => undefined,
        });
      } catch (error) {
        if (error !== crash && !(error instanceof ExchangeError)) throw error;
        if (fault === undefined && commit === undefined) throw error;
      } finally {
        await pool.close();
      }
    },
    async take() {
      const transport = await server.factory('partner').open();
      for (const [path, content] of visible()) {
        taken.push(...rowsIn(content.toString()));
        await transport.remove(path);
      }
      await transport.close();
    },
    moveClock: (ms: number) => clock.setWallClock(clock.now() + ms),
    exported: () => [...taken, ...visible().flatMap(([, content]) => rowsIn(content.toString()))],
    leftInTmp: () => [...server.snapshot().keys()].filter((path) => path.startsWith('tmp/')),
    close() {
      records.close();
      ledger.close();
    },
  };
}

test(`every row that changed stands in exactly one file, whatever is killed or fails when (${runs} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const folder = mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'branchline-changes-'));
      const world = openWorld(folder);
      try {
        for (const one of steps) {
          if (one.do === 'add') world.add(one.rows);
          else if (one.do === 'export') await world.export(one);
          else if (one.do === 'take') await world.take();
          else if (one.do === 'import') world.import();
          else world.moveClock(one.ms);
        }
        await world.export();
        const expected = Array.from({ length: world.added }, (_, index) => `question ${index + 1}`);
        expect(world.exported().toSorted()).toEqual(expected.toSorted());
        expect(world.leftInTmp()).toEqual([]);
      } finally {
        world.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: runs },
  );
}, 600_000);
