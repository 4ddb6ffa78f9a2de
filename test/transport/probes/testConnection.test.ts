import { expect, test } from 'vitest';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { testConnection } from '../../../electron/transport/probes/testConnection.ts';
import type { ConnectStep, TransportFactory } from '../../../electron/transport/transport.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { CheckStep } from '../../../shared/views.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

const clock = createFakeClock();
const server = 'ftp://user@ftp.example:21/home';

/** Tells these steps, then opens, or fails with `error`. */
function stepping(steps: readonly Partial<ConnectStep>[], error?: ExchangeError) {
  const memory = createMemoryServer({ clock });
  const factory: TransportFactory = {
    label: server,
    async open(options) {
      for (const step of steps) {
        options?.onStep?.({ name: 'connect', ok: true, durationMs: 7, detail: 'seen', ...step });
      }
      if (error !== undefined) throw error;
      return memory.factory(server).open({ signal: options?.signal });
    },
  };
  return { memory, factory };
}

const day = 24 * 60 * 60 * 1000;
const certificate = (validForDays: number) => ({
  subject: 'CN=ftp.example',
  issuer: 'CN=Example CA',
  validFromMs: Date.UTC(2026, 0, 1),
  validToMs: clock.now() + validForDays * day + 1000,
  fingerprintSha256: 'AA:BB',
});

test('every step is told as it comes, with its time, and nothing is changed on the server', async () => {
  const { memory, factory } = stepping([
    { name: 'resolve' },
    { name: 'connect' },
    { name: 'greeting', detail: '220 ready' },
    { name: 'tls', detail: 'TLSv1.3', certificate: certificate(300) },
    { name: 'login' },
    { name: 'home' },
  ]);
  const told: CheckStep[] = [];
  const report = await testConnection(factory, { clock, onStep: (step) => told.push(step) });
  expect(report).toMatchObject({ ok: true, server, error: undefined });
  expect(report.steps).toEqual(told);
  expect(told.map((step) => [step.name, step.outcome, step.durationMs])).toEqual(
    ['resolve', 'connect', 'greeting', 'tls', 'login', 'home'].map((name) => [name, 'ok', 7]),
  );
  const tls = told[3]?.detail;
  for (const fact of ['TLSv1.3', 'CN=ftp.example', 'CN=Example CA', '2026-12-26', 'AA:BB']) {
    expect(tls).toContain(fact);
  }
  expect(memory.openConnections).toBe(0);
  expect([memory.folders(), memory.snapshot().size]).toEqual([[], 0]);
});

test('a connection without TLS is told to be unencrypted', async () => {
  const { factory } = stepping([{ name: 'login' }, { name: 'home' }]);
  const report = await testConnection(factory, { clock });
  expect(report.verdict).toContain('not encrypted');
});

test.each([
  [-1, 'note', 'expired'],
  [0, 'note', '0 days'],
  [29, 'note', '29 days'],
  [30, 'ok', ''],
])('a certificate that ends in %i days is a %s', async (days, outcome, meaning) => {
  const { factory } = stepping([{ name: 'tls', certificate: certificate(days) }]);
  const report = await testConnection(factory, { clock });
  expect(report.ok).toBe(true);
  expect(report.steps[0]?.outcome).toBe(outcome);
  expect(report.steps[0]?.meaning).toContain(meaning);
});

test('a refused log-in: its step fails with the advice, and what comes after it was not run', async () => {
  const refused = new ExchangeError({
    code: 'login-refused',
    class: 'fix',
    message: 'The server refused the log-in.',
    advice: 'Check username and password.',
  });
  const { factory } = stepping(
    [{ name: 'connect' }, { name: 'greeting' }, { name: 'login', ok: false, detail: '530 no' }],
    refused,
  );
  const report = await testConnection(factory, { clock });
  expect(report).toMatchObject({ ok: false, verdict: refused.message, error: { code: 'login-refused' } });
  expect(report.steps.map((step) => [step.name, step.outcome, step.advice])).toEqual([
    ['connect', 'ok', ''],
    ['greeting', 'ok', ''],
    ['login', 'failed', 'Check username and password.'],
    ['home', 'not-run', ''],
  ]);
  expect(report.steps[2]?.meaning).not.toBe('');
});

test('a failure before any step is told as a failed step, too', async () => {
  const error = new ExchangeError({ code: 'cannot-connect', class: 'retry', message: 'No way.' });
  const { factory } = stepping([], error);
  const report = await testConnection(factory, { clock });
  expect(report.steps[0]).toMatchObject({ name: 'connect', outcome: 'failed', detail: 'No way.' });
});

test('a cancelled test says that it was interrupted', async () => {
  const { factory } = stepping([{ name: 'resolve' }]);
  const report = await testConnection(factory, { clock, signal: AbortSignal.abort() });
  expect(report).toMatchObject({ ok: false, error: { class: 'cancelled' } });
  expect(report.verdict).toContain('interrupted');
});
