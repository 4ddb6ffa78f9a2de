import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault, FaultCall } from '../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { crashingLedger } from '../office/crashingLedger.ts';
import { lost } from '../office/troubles.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { DropSite, folder, type Taken } from './dropWorld.ts';

const runs = Number(process.env['FC_RUNS'] ?? (process.env['CI'] ? 60 : 20));

class SimulatedCrash extends Error {}

const kinds = ['lost-before', 'lost-after', 'lost-mid', 'crash-before', 'crash-after', 'twice'] as const;

const interruptedRun = fc.record({
  drops: fc.array(fc.record({ name: fc.integer({ min: 0, max: 3 }), big: fc.boolean() }), { maxLength: 3 }),
  faults: fc.array(fc.record({ at: fc.integer({ min: 1, max: 60 }), kind: fc.constantFrom(...kinds) }), {
    maxLength: 3,
  }),
  commit: fc.option(
    fc.record({ nth: fc.integer({ min: 1, max: 25 }), when: fc.constantFrom('before', 'after') }),
    { nil: undefined },
  ),
  /** Which of two central processes, each with a data directory of its own. */
  site: fc.integer({ min: 0, max: 1 }),
  handlingFails: fc.boolean(),
});

function faultOf(kind: (typeof kinds)[number], crash: Error): Fault {
  switch (kind) {
    case 'lost-before':
      return { kind: 'fail', when: 'before', error: lost(), closes: true };
    case 'lost-after':
      return { kind: 'fail', when: 'after', error: lost(), closes: true };
    case 'lost-mid':
      return { kind: 'fail', when: { afterBytes: 7 }, error: lost(), closes: true };
    case 'crash-before':
      return { kind: 'crash', when: 'before', error: crash };
    case 'crash-after':
      return { kind: 'crash', when: 'after', error: crash };
    case 'twice':
      return { kind: 'listing', change: 'duplicate' };
  }
}

test('whatever is interrupted, each file is handled once, and moved or removed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(interruptedRun, { minLength: 1, maxLength: 8 }), async (steps) => {
      const clock = createFakeClock({ sleepsAdvance: true });
      const server = createMemoryServer({ clock });
      const sites = [new DropSite(server.factory('one'), clock), new DropSite(server.factory('two'), clock)];
      /** What handling made durable, by claim: the same claim again changes nothing. */
      const effects = new Map<string, string>();
      const dropped: string[] = [];
      const handle = (file: Taken) => {
        effects.set(`${file.claimId} ${file.name}`, file.content);
        return file.name.startsWith('0')
          ? ({ do: 'move', to: `${folder.path}/unidentified` } as const)
          : ({ do: 'remove' } as const);
      };
      for (const [index, step] of steps.entries()) {
        for (const { name, big } of step.drops) {
          const path = `${folder.path}/${name}.pdf`;
          // A partner does not write over a file that was not taken yet.
          if (server.snapshot().has(path)) continue;
          const content = `${index} ${dropped.length} ${'x'.repeat(big ? 600_000 : 10)}`;
          dropped.push(content);
          server.put(path, Buffer.from(content));
        }
        const crash = new SimulatedCrash('killed');
        const script = new FaultScript((call: FaultCall) => {
          const planned = step.faults.find(({ at }) => at === call.sequence);
          return planned === undefined ? undefined : faultOf(planned.kind, crash);
        });
        const site = sites[step.site];
        if (site === undefined) throw new Error('There are two sites.');
        let dead = false;
        const ledger = crashingLedger(
          site.ledger,
          step.commit,
          crash,
          () => dead || script.crashed !== undefined,
          () => {
            dead = true;
          },
        );
        try {
          await site.take({
            ledger,
            factory: withScriptedFaults(server.factory('memory'), script),
            handle(file) {
              const settlement = handle(file);
              if (step.handlingFails) throw new Error('after its effect');
              return settlement;
            },
          });
        } catch (error) {
          if (!(error instanceof SimulatedCrash || error instanceof ExchangeError)) throw error;
        }
      }
      for (const site of [...sites, ...sites]) await site.take({ handle });
      expect([...effects.values()].sort()).toEqual([...dropped].sort());
      const left = [...server.snapshot()].map(([path, bytes]) => [path, bytes.toString()] as const);
      const moved = [...effects].filter(([key]) => key.includes(' 0')).map(([, content]) => content);
      expect(left.map(([, content]) => content).sort()).toEqual(moved.sort());
      for (const [path] of left) expect(path).toMatch(/\/unidentified\/0( \(\d+\))?\.pdf$/);
      for (const site of sites)
        expect(site.ledger.read(({ dropFolders }) => dropFolders.claims())).toEqual([]);
    }),
    { numRuns: runs },
  );
}, 300_000);
