import { expect, test } from 'vitest';
import type { FaultRule } from '../../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { proveHome } from '../../../electron/transport/probes/proveHome.ts';
import { connectionLost, forbidden, noRoom } from '../../../electron/transport/transportErrors.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { CheckReport, CheckStep } from '../../../shared/views.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { createSeededRandom } from '../../support/seededRandom.ts';

const refused = forbidden('550 Permission denied.');
const foreign = new ExchangeError({
  code: 'foreign-office',
  class: 'fix',
  message: 'This home directory belongs to another office.',
  advice: 'Check Home Dir.',
});

function setUp(rules: readonly FaultRule[] = []) {
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  server.put('office.json', Buffer.from('an office'));
  const before = [...server.folders(), ...server.snapshot().keys()].sort();
  const factory = withScriptedFaults(server.factory('memory://test'), new FaultScript(rules));
  const told: CheckStep[] = [];
  const prove = (
    more: { signal?: AbortSignal; office?: () => never; onStep?: (step: CheckStep) => void } = {},
  ) =>
    proveHome(factory, {
      clock,
      random: createSeededRandom('prove'),
      signal: more.signal,
      onStep(step) {
        told.push(step);
        more.onStep?.(step);
      },
      lookAtOffice: async () => (more.office === undefined ? { detail: 'ours' } : more.office()),
    });
  const tree = () => [...server.folders(), ...server.snapshot().keys()].sort();
  return { server, prove, told, before, tree };
}

function fail(method: FaultRule['method'] & string, error: Error, path?: RegExp, nth?: number): FaultRule {
  return {
    method,
    ...(path === undefined ? {} : { path }),
    ...(nth === undefined ? {} : { nth }),
    fault: { kind: 'fail', when: 'before', error },
  };
}

const outcomes = (report: CheckReport) =>
  Object.fromEntries(report.steps.map((step) => [step.name, step.outcome]));

test('a home directory that can be worked in is proven, and looks afterwards as before', async () => {
  const { prove, told, before, tree } = setUp();
  const report = await prove();
  expect(report).toMatchObject({ ok: true, error: undefined });
  expect(outcomes(report)).toMatchObject({
    office: 'ok',
    write: 'ok',
    'read-back': 'ok',
    delete: 'ok',
    'clean-up': 'ok',
  });
  expect(told).toEqual(report.steps);
  expect(tree()).toEqual(before);
});

test('no folder is needed for it: rights to make and remove folders are not asked for', async () => {
  const { prove, tree, before } = setUp([fail('makeFolder', refused), fail('removeFolder', refused)]);
  expect(await prove()).toMatchObject({ ok: true });
  expect(tree()).toEqual(before);
});

test.each([
  ['write', fail('upload', refused), 'fix', /upload files/],
  ['write', fail('upload', noRoom('552 Quota exceeded.')), 'full', /more room/],
  ['read-back', fail('download', refused), 'fix', /download/],
  ['delete', fail('remove', refused, undefined, 1), 'fix', /delete files/],
])('what cannot be done fails the proof: %s', async (step, rule, errorClass, advice) => {
  const { prove } = setUp([rule]);
  const report = await prove();
  expect(outcomes(report)[step]).toBe('failed');
  expect(report.error).toMatchObject({ code: 'self-check-failed', class: errorClass });
  expect(report.error?.advice).toMatch(advice);
});

test("another office's home directory is left untouched, and said by its own code", async () => {
  const { prove, tree, before, told } = setUp();
  const report = await prove({
    office: () => {
      throw foreign;
    },
  });
  expect(report.error).toMatchObject({ code: 'foreign-office', advice: 'Check Home Dir.' });
  expect(told.find((step) => step.name === 'write')?.outcome).toBe('not-run');
  expect(tree()).toEqual(before);
});

test('what was written is removed when it is stopped in the middle', async () => {
  const { prove, tree, before } = setUp();
  const abort = new AbortController();
  const report = await prove({
    signal: abort.signal,
    onStep: (step) => {
      if (step.name === 'write') abort.abort();
    },
  });
  expect(report.error).toMatchObject({ code: 'cancelled', class: 'cancelled' });
  expect(outcomes(report)).toMatchObject({ write: 'ok', delete: 'not-run', 'clean-up': 'ok' });
  expect(tree()).toEqual(before);
});

test('what was written is removed over a new connection when the first one is lost', async () => {
  const { prove, tree, before } = setUp([
    {
      method: 'download',
      fault: { kind: 'fail', when: 'before', error: connectionLost('lost'), closes: true },
    },
  ]);
  const report = await prove();
  expect(report.ok).toBe(false);
  expect(tree()).toEqual(before);
});
