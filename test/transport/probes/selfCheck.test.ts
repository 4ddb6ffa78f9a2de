import { expect, test } from 'vitest';
import type { FaultRule } from '../../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import {
  createMemoryServer,
  type MemoryServer,
  type MemoryServerOptions,
} from '../../../electron/transport/memory/memoryServer.ts';
import { selfCheck } from '../../../electron/transport/probes/selfCheck.ts';
import { selfCheckStepNames } from '../../../electron/transport/probes/selfCheckTexts.ts';
import { connectionLost, forbidden, noRoom } from '../../../electron/transport/transportErrors.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { CheckReport } from '../../../shared/views.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { createSeededRandom } from '../../support/seededRandom.ts';

const refused = forbidden('550 Permission denied.');

function setUp(
  rules: readonly FaultRule[] = [],
  options: Omit<MemoryServerOptions, 'clock'> = {},
  clock = createFakeClock(),
) {
  const server = createMemoryServer({ clock, ...options });
  server.put('central/0012-central-00000001-k3f9q2m7.tar.zst', Buffer.from('a packet'));
  server.put('tmp/0012-central-00000002-aaaaaaaa.tar.zst.2', Buffer.from('an upload in flight'));
  const script = new FaultScript(rules);
  const factory = withScriptedFaults(server.factory('memory://test'), script);
  const check = (more: { signal?: AbortSignal; connections?: number; seed?: string } = {}) =>
    selfCheck(factory, { clock, random: createSeededRandom(more.seed), siteLabel: 'store 0012', ...more });
  return { clock, server, script, check };
}

function always(method: FaultRule['method'] & string, error: Error, path?: RegExp): FaultRule {
  return { method, ...(path === undefined ? {} : { path }), fault: { kind: 'fail', when: 'before', error } };
}

function outcomes(report: CheckReport): Record<string, string> {
  return Object.fromEntries(report.steps.map((step) => [step.name, step.outcome]));
}

function tree(server: MemoryServer): string[] {
  return [...server.folders(), ...server.snapshot().keys()].sort();
}

test('a good server is green, and looks afterwards as before', async () => {
  const { server, check } = setUp([], { capacityBytes: 1e9 });
  const before = [tree(server), server.snapshot()];
  const report = await check();
  expect(report).toMatchObject({ ok: true, error: undefined });
  expect(report.verdict).toContain('store 0012 can exchange packets');
  const expected = Object.fromEntries(selfCheckStepNames.map((name) => [name, 'ok']));
  expect(outcomes(report)).toEqual({ connect: 'ok', home: 'ok', ...expected, 'rename-existing': 'note' });
  expect([tree(server), server.snapshot()]).toEqual(before);
  expect(server.openConnections).toBe(0);
});

test('an empty home directory stays empty', async () => {
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  const random = createSeededRandom();
  const report = await selfCheck(server.factory('memory://test'), { clock, random, siteLabel: 'central' });
  expect(report.ok).toBe(true);
  expect(tree(server)).toEqual([]);
});

test('a server that forbids renaming and deleting is red, with what to ask for and what was left', async () => {
  const { server, check } = setUp([
    always('rename', refused),
    always('remove', refused),
    always('removeFolder', refused),
  ]);
  const before = tree(server);
  const report = await check();
  expect(report).toMatchObject({ ok: false, error: undefined });
  expect(report.verdict).toContain('cannot exchange packets');
  expect(report.verdict).toContain('rename files or delete files');
  const steps = new Map(report.steps.map((step) => [step.name, step]));
  expect(steps.get('rename')).toMatchObject({ outcome: 'failed', advice: expect.stringContaining('RNFR') });
  expect(steps.get('delete')).toMatchObject({ outcome: 'failed', advice: expect.stringContaining('DELE') });
  expect(steps.get('rename-existing')?.outcome).toBe('not-run');
  const left = tree(server).filter((path) => !before.includes(path));
  expect(left.length).toBeGreaterThan(0);
  expect(steps.get('clean-up')?.outcome).toBe('failed');
  for (const path of left) expect(steps.get('clean-up')?.detail).toContain(path);
  for (const step of report.steps) {
    if (step.outcome === 'failed') expect([step.meaning, step.advice], step.name).not.toContain('');
  }
});

test('a server that renames only within a folder is green, with a note', async () => {
  const { check } = setUp([always('rename', refused, /^tmp\/self-check-\w+-\d+-/)]);
  const report = await check();
  expect(report.ok).toBe(true);
  expect(outcomes(report)).toMatchObject({ rename: 'note', 'rename-existing': 'note', 'clean-up': 'ok' });
});

test.each([true, false])('whether a rename replaces (%s) is a note', async (renameReplaces) => {
  const { check } = setUp([], { renameReplaces });
  const step = (await check()).steps.find(({ name }) => name === 'rename-existing');
  expect(step).toMatchObject({
    outcome: 'note',
    detail: expect.stringContaining(renameReplaces ? 'replaced' : 'refuses'),
  });
});

test('a server that does not resume is green, with a note', async () => {
  const { check } = setUp([], { resumesUploads: false });
  const report = await check();
  expect(report.ok).toBe(true);
  expect(outcomes(report)['resume']).toBe('note');
});

test('a server that spoils a resumed upload is red', async () => {
  const { check } = setUp([
    { method: 'upload', path: /-resume$/, nth: 2, fault: { kind: 'corrupt', atByte: 5 } },
  ]);
  const report = await check();
  expect(report.ok).toBe(false);
  expect(outcomes(report)['resume']).toBe('failed');
});

test('bytes that change on the way are red', async () => {
  const { server, check } = setUp([{ method: 'download', nth: 1, fault: { kind: 'corrupt', atByte: 99 } }]);
  const before = tree(server);
  const report = await check();
  expect(report.ok).toBe(false);
  expect(report.verdict).toContain('read files back unchanged');
  expect(outcomes(report)).toMatchObject({ 'read-back': 'failed', resume: 'not-run', 'clean-up': 'ok' });
  expect(tree(server)).toEqual(before);
});

test('a full server asks for room, and its half-written file is removed', async () => {
  const { server, check } = setUp([
    { method: 'upload', fault: { kind: 'fail', when: { afterBytes: 1000 }, error: noRoom('552 Quota.') } },
  ]);
  const before = tree(server);
  const report = await check();
  const write = report.steps.find((step) => step.name === 'write');
  expect(write).toMatchObject({ outcome: 'failed', advice: expect.stringContaining('quota') });
  expect(tree(server)).toEqual(before);
});

test('data connections that do not get through point to Passive Mode and the ports', async () => {
  const { check } = setUp([
    { method: 'upload', fault: { kind: 'fail', when: 'before', error: connectionLost(), closes: true } },
    { method: 'list', fault: { kind: 'fail', when: 'before', error: connectionLost(), closes: true } },
  ]);
  const report = await check();
  expect(report.ok).toBe(false);
  const write = report.steps.find((step) => step.name === 'write');
  expect(write).toMatchObject({ outcome: 'failed', advice: expect.stringContaining('Passive Mode') });
});

test.each([
  'list',
  'upload',
  'download',
  'rename',
  'remove',
  'removeFolder',
  'fileSize',
  'makeFolder',
] as const)('after a connection lost in %s the check goes on, and still cleans up', async (method) => {
  const { server, check } = setUp([
    {
      method,
      path: /^tmp/,
      nth: 1,
      fault: { kind: 'fail', when: 'after', error: connectionLost(), closes: true },
    },
  ]);
  const before = tree(server);
  const report = await check();
  expect(report.steps.map((step) => step.name)).toEqual(['connect', 'home', ...selfCheckStepNames]);
  expect(tree(server)).toEqual(before);
  expect(server.openConnections).toBe(0);
});

test('an interruption at any call leaves nothing behind', async () => {
  const calls = await countCalls();
  for (let at = 2; at <= calls; at += 1) {
    const cancel = new AbortController();
    const { server, before, check } = interruptible((sequence) => {
      if (sequence === at) cancel.abort();
    });
    const report = await check(cancel.signal);
    expect(tree(server), `interrupted at call ${at}`).toEqual(before);
    if (report.ok) continue;
    expect(report, `interrupted at call ${at}`).toMatchObject({ error: { class: 'cancelled' } });
    expect(report.verdict).toContain('interrupted');
  }
});

function interruptible(onCall: (sequence: number) => void) {
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  server.put('tmp/other', Buffer.from('x'));
  const script = new FaultScript(({ sequence }) => {
    onCall(sequence);
    return undefined;
  });
  const factory = withScriptedFaults(server.factory('memory://test'), script);
  const before = tree(server);
  const check = (signal: AbortSignal) =>
    selfCheck(factory, { clock, random: createSeededRandom(), signal, siteLabel: 'central' });
  return { server, before, script, check };
}

async function countCalls(): Promise<number> {
  const { script, check } = interruptible(() => {});
  await check(new AbortController().signal);
  return script.calls;
}

test('what a killed check left is removed by the first check that comes more than an hour later', async () => {
  const killed = new Error('killed');
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  const crashing = withScriptedFaults(
    server.factory('memory://test'),
    new FaultScript([{ method: 'rename', fault: { kind: 'crash', when: 'after', error: killed } }]),
  );
  const options = { clock, siteLabel: 'store 0012' };
  await expect(selfCheck(crashing, { ...options, random: createSeededRandom('a') })).rejects.toBe(killed);
  const left = tree(server);
  expect(left.filter((path) => path.includes('self-check-')).length).toBeGreaterThan(1);

  const soon = await selfCheck(server.factory('x'), { ...options, random: createSeededRandom('b') });
  expect(soon.ok).toBe(true);
  expect(tree(server)).toEqual(left);

  await clock.advance(61 * 60 * 1000);
  const later = await selfCheck(server.factory('x'), { ...options, random: createSeededRandom('c') });
  expect(later.ok).toBe(true);
  expect(tree(server)).toEqual(['tmp']);
});

test('fewer connections than configured are a note', async () => {
  const { server, check } = setUp([], { maxConnections: 3 });
  const report = await check({ connections: 8 });
  expect(report.ok).toBe(true);
  const step = report.steps.find(({ name }) => name === 'connections');
  expect(step).toMatchObject({ outcome: 'note', detail: expect.stringContaining('3 of 8') });
  expect(server.openConnections).toBe(0);
});

test('a server clock that is hours off is a note with what to check', async () => {
  const { clock, server } = setUp();
  const ahead = { ...clock, now: () => clock.now() - 3 * 60 * 60 * 1000 };
  const report = await selfCheck(server.factory('x'), {
    clock: ahead,
    random: createSeededRandom(),
    siteLabel: 'central',
  });
  const step = report.steps.find(({ name }) => name === 'clock');
  expect(step).toMatchObject({ outcome: 'note', detail: 'The server is 3 hours ahead.' });
  expect(step?.advice).toContain('time zone');
});

test('a server that cannot be reached is told with its error, and nothing was tried', async () => {
  const error = new ExchangeError({ code: 'cannot-connect', class: 'retry', message: 'Nothing answers.' });
  const { check } = setUp([always('open', error)]);
  const report = await check();
  expect(report).toMatchObject({ ok: false, verdict: 'Nothing answers.', error: { code: 'cannot-connect' } });
  expect(report.steps.some((step) => step.name === 'write')).toBe(false);
});

test('the server goes away for good in the middle: red, in the end, with what it left', async () => {
  let gone = false;
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  const script = new FaultScript(({ method }) => {
    if (method === 'rename') gone = true;
    return gone ? { kind: 'fail', when: 'before', error: connectionLost(), closes: true } : undefined;
  });
  const factory = withScriptedFaults(server.factory('memory://test'), script);
  const report = await selfCheck(factory, { clock, random: createSeededRandom(), siteLabel: 'central' });
  expect(report.ok).toBe(false);
  const cleanUp = report.steps.find(({ name }) => name === 'clean-up');
  expect(cleanUp).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('self-check-') });
});
