import { beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../../renderer/state/appStore.ts';
import { projectEvents } from '../../renderer/state/projectEvents.ts';
import type { ActiveRun } from '../../shared/contract/calls.ts';
import { FakeClient } from './fakeClient.ts';
import { centralSettings, configured } from './presentStates.ts';

const present = configured(centralSettings);
const note = (atMs: number, text: string) => ({ atMs, text, level: 'info' as const });
const run: ActiveRun = {
  runId: 'r1',
  mode: 'full',
  startedMs: 1,
  startedBy: 'window',
  notes: [note(1, 'a')],
};
const step = {
  name: 'login',
  label: 'Logged in',
  outcome: 'ok' as const,
  durationMs: 1,
  detail: '',
  meaning: '',
  advice: '',
};

let client: FakeClient;

beforeEach(() => {
  useApp.setState(useApp.getInitialState(), true);
  client = new FakeClient({ 'state.get': () => present });
  projectEvents(client, useApp);
});

describe('the connection', () => {
  it('is "connecting" until the engine was reached once, however often that fails', () => {
    client.disconnect();
    expect(useApp.getState().connection).toBe('connecting');
  });

  it('is lost, and found again, and then all lists are out of date', () => {
    client.connect(present);
    const before = useApp.getState().freshness;
    client.disconnect();
    expect(useApp.getState()).toMatchObject({ connection: 'lost', site: present });
    client.connect(present);
    expect(useApp.getState().connection).toBe('connected');
    expect(useApp.getState().freshness.queue).toBeGreaterThan(before.queue);
  });

  it('asks for the present state by itself, because a page may come after the first telling', async () => {
    for (const name of ['queue', 'history'] as const) client.emit('changed', { topics: [name] });
    expect(useApp.getState().site).toBeUndefined();
    client.reach();
    await expect.poll(() => useApp.getState().site).toEqual(present);
  });
});

describe('a transmission', () => {
  it('is followed from its start to its end, with its log', () => {
    client.connect({ ...present, activeRun: run });
    client.emit('run.note', { runId: 'r1', note: note(2, 'b') });
    client.emit('run.note', { runId: 'other', note: note(3, 'not ours') });
    expect(useApp.getState().run.active?.notes.map(({ text }) => text)).toEqual(['a', 'b']);
    const error = { code: 'connection-lost', class: 'retry' as const, message: 'Lost.', advice: '' };
    client.emit('run.ended', { runId: 'r1', error });
    expect(useApp.getState().run).toMatchObject({ ended: { run: { runId: 'r1' }, error } });
    expect(useApp.getState().run.active).toBeUndefined();
  });

  it('keeps the lines seen before when the present state tells only the last ones', () => {
    client.connect({ ...present, activeRun: { ...run, notes: [note(1, 'a'), note(2, 'b')] } });
    client.connect({ ...present, activeRun: { ...run, notes: [note(2, 'b'), note(3, 'c')] } });
    expect(useApp.getState().run.active?.notes.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  });

  it('that ended while the window was away is no longer under way', () => {
    client.connect({ ...present, activeRun: run });
    client.disconnect();
    client.connect(present);
    expect(useApp.getState().run.active).toBeUndefined();
    expect(useApp.getState().run.ended?.run.runId).toBe('r1');
  });

  it('that ended is told with its result even when the present state came first', () => {
    client.connect({ ...present, activeRun: run });
    client.emit('state.is', present);
    const error = { code: 'x', class: 'fix' as const, message: 'm', advice: '' };
    client.emit('run.ended', { runId: 'r1', error });
    expect(useApp.getState().run.ended).toMatchObject({ run: { runId: 'r1' }, error });
  });
});

describe('a check', () => {
  it('is collected step by step, even before its id is known', () => {
    client.emit('check.step', { checkId: 'c1', step });
    expect(useApp.getState().checks['c1']).toEqual({ steps: [step], ended: false });
    const report = { ok: true, verdict: 'Good.', server: 's', steps: [step, { ...step, name: 'home' }] };
    client.emit('check.ended', { checkId: 'c1', report });
    expect(useApp.getState().checks['c1']).toMatchObject({ ended: true, report, steps: report.steps });
  });

  it('is forgotten after some others', () => {
    for (let i = 0; i < 20; i += 1) client.emit('check.step', { checkId: `c${i}`, step });
    expect(Object.keys(useApp.getState().checks)).toHaveLength(8);
    expect(useApp.getState().checks['c19']).toBeDefined();
  });
});

it('a changed topic grows only that count', () => {
  const before = useApp.getState().freshness;
  client.emit('changed', { topics: ['queue'] });
  expect(useApp.getState().freshness).toEqual({ ...before, queue: before.queue + 1 });
});
