import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { socketPath } from '../../electron/engine/host/socketPath.ts';
import { startEngine } from '../../electron/engine/host/startEngine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { programVersion } from '../../electron/engine/programVersion.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { messageSchema } from '../../shared/contract/wire.ts';
import {
  answerOf,
  connect,
  machine,
  password,
  startHost,
  startOffice,
  temporaryFolder,
} from './hostFixture.ts';

/** A server that keeps the uploads of transmissions waiting until its gate is opened, or the client gives up. */
function stallingUploads() {
  const reached = Promise.withResolvers<void>();
  const gate = { isShut: true, reached: reached.promise };
  const faults: PracticeFaults = ({ verb, argument }) => {
    if (!gate.isShut || verb !== 'STOR' || argument.includes('self-check')) return undefined;
    reached.resolve();
    return { kind: 'stall-data', afterBytes: 0 };
  };
  return { gate, faults };
}

function putFile(dataDir: string, name: string): void {
  const folder = join(dataDir, 'outgoing/daily-close/all');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), name);
}

const run = { mode: 'full', startedBy: 'window' } as const;

describe('the engine host', () => {
  test('has two clients see the same run, and the second joins it', async () => {
    const { gate, faults } = stallingUploads();
    const { dataDir, client } = await startOffice(faults);
    const other = connect(dataDir);
    putFile(dataDir, 'prices.csv');
    const ends = [client.next('run.ended'), other.next('run.ended')];

    const first = answerOf(await client.call('run.start', run));
    expect(first.joined).toBe(false);
    await gate.reached;
    const second = answerOf(
      await other.call('run.start', { mode: 'import-only', startedBy: 'command line' }),
    );
    expect(second).toEqual({ runId: first.runId, joined: true });
    expect(answerOf(await other.call('run.result', { runId: first.runId }))).toEqual({});

    gate.isShut = false;
    answerOf(await other.call('run.cancel', { runId: first.runId }));
    const [mine, theirs] = await Promise.all(ends);
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({ runId: first.runId, result: { outcome: 'cancelled' } });
    expect(answerOf(await client.call('run.result', { runId: first.runId }))).toEqual({
      result: mine?.result,
    });

    const again = client.next('run.ended');
    answerOf(await client.call('run.start', run));
    expect(await again).toMatchObject({ result: { outcome: 'done' } });
    expect(answerOf(await client.call('history.list', { limit: 10 }))).toMatchObject([
      { outcome: 'done' },
      { outcome: 'cancelled' },
    ]);
  });

  test('gives who connects amid a run its present state first, with the run', async () => {
    const { gate, faults } = stallingUploads();
    const { dataDir, client } = await startOffice(faults);
    putFile(dataDir, 'prices.csv');
    const { runId } = answerOf(await client.call('run.start', run));
    await gate.reached;

    const late = connect(dataDir);
    const state = await late.next('state.is');
    expect(state.activeRun).toMatchObject({ runId, mode: 'full', startedBy: 'window' });
    expect(state).toMatchObject({ hasPassword: true, practice: false, version: machine.version });
    const kinds = late.messages.map((text) => messageSchema.parse(JSON.parse(text)));
    expect(kinds[0]).toMatchObject({ kind: 'hello', contractVersion: 1 });
    expect(kinds.find(({ kind }) => kind === 'event')).toMatchObject({ event: 'state.is' });

    const ended = late.next('run.ended');
    answerOf(await late.call('run.cancel', { runId }));
    await ended;
    expect(answerOf(await late.call('state.get', {})).activeRun).toBeUndefined();
  });

  test('finishes politely: a run under way is cancelled, and the socket is gone', async () => {
    const { gate, faults } = stallingUploads();
    const { dataDir, client, engine } = await startOffice(faults);
    putFile(dataDir, 'prices.csv');
    answerOf(await client.call('run.start', run));
    await gate.reached;
    const lost = new Promise<void>((resolve) => client.onConnection((there) => there || resolve()));
    await engine.close();
    await lost;
    expect(existsSync(socketPath(dataDir))).toBe(false);
    expect(await client.call('state.get', {})).toMatchObject({
      ok: false,
      error: { code: 'engine-lost', class: 'retry' },
    });
    const own = await openEngine({ ...machine, dataDir, env: {} });
    expect(own.history(1)).toMatchObject([{ outcome: 'cancelled' }]);
    await own.close();
  });

  test('checks what is typed before it is saved, step by step', async () => {
    const { client, settings } = await startOffice();
    const steps: string[] = [];
    client.on('check.step', ({ step }) => steps.push(step.name));
    const ended = client.next('check.ended');
    const wrong = { ftp: settings.ftp, password: { do: 'set', value: 'not this one' } } as const;
    const { checkId } = answerOf(
      await client.call('check.start', { kind: 'test-connection', candidate: wrong }),
    );
    expect(await ended).toMatchObject({ checkId, report: { ok: false } });
    expect(steps.length).toBeGreaterThan(1);

    const kept = client.next('check.ended');
    const candidate = { ftp: settings.ftp, password: { do: 'keep' } } as const;
    answerOf(await client.call('check.start', { kind: 'self-check', candidate }));
    expect(await kept).toMatchObject({ report: { ok: true } });
  });

  test('tells every client that lists are out of date, but not more often than a few times a second', async () => {
    const { dataDir, client } = await startOffice();
    const other = connect(dataDir);
    await other.next('state.is');
    const changed = other.next('changed');
    for (let time = 0; time < 20; time += 1) answerOf(await client.call('queue.retry', {}));
    expect((await changed).topics).toEqual(expect.arrayContaining(['queue', 'history', 'stores']));
    const told = other.messages.filter((text) => text.includes('"changed"'));
    expect(told.length).toBeLessThan(5);
  });

  test('says plainly that a site is not set up', async () => {
    const dataDir = join(temporaryFolder(), 'new');
    await startHost(dataDir);
    const client = connect(dataDir);
    expect(await client.next('state.is')).toMatchObject({
      status: { configured: false },
      hasPassword: false,
      hasPassphrase: false,
    });
    expect(await client.call('run.start', run)).toMatchObject({
      ok: false,
      error: { code: 'not-configured', class: 'fix' },
    });
    expect(answerOf(await client.call('stores.list', {}))).toEqual([]);
  });
});

test('the practice office is started, seen in every list, and removed through the contract', async () => {
  const dataDir = join(temporaryFolder(), 'new');
  await startHost(dataDir);
  const client = connect(dataDir);
  await client.next('state.is');
  const begun = client.next('state.is', ({ practice }) => practice);
  answerOf(await client.call('practice.start', {}));
  expect(await begun).toMatchObject({ status: { configured: true } });
  // The second time round, the stores' receipts come in.
  for (let round = 0; round < 2; round += 1) {
    answerOf(await client.call('practice.play', {}));
    const ended = client.next('run.ended');
    answerOf(await client.call('run.start', run));
    expect(await ended).toMatchObject({ result: { outcome: 'done' } });
  }

  const stores = answerOf(await client.call('stores.list', {}));
  expect(stores).toHaveLength(2);
  for (const store of stores) expect(store).toMatchObject({ version: programVersion, state: 'ok' });
  const [sent] = answerOf(await client.call('history.files', { text: '', limit: 1 }));
  expect(sent?.path).toBeTruthy();

  const gone = client.next('state.is', ({ practice }) => !practice);
  answerOf(await client.call('practice.remove', {}));
  expect(await gone).toMatchObject({ status: { configured: false } });
  expect(answerOf(await client.call('stores.list', {}))).toEqual([]);
});

describe('the local socket', () => {
  test.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const dataDir = join(temporaryFolder(), 'site');
    await startHost(dataDir);
    expect(statSync(socketPath(dataDir)).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  test('is found where the path of the data directory is too long for one', async () => {
    const dataDir = join(temporaryFolder(), 'x'.repeat(120));
    await startHost(dataDir);
    const client = connect(dataDir);
    expect(answerOf(await client.call('state.get', {})).dataDir).toBe(dataDir);
    expect(socketPath(dataDir).length).toBeLessThan(104);
  });

  test('belongs to one engine: a second one is refused as busy, and the first still answers', async () => {
    const dataDir = join(temporaryFolder(), 'site');
    await startHost(dataDir);
    await expect(startEngine({ ...machine, dataDir, env: {} })).rejects.toMatchObject({
      code: 'busy',
      class: 'busy',
    });
    expect((await connect(dataDir).call('state.get', {})).ok).toBe(true);
  });
});

test('a password that went in never comes out, whatever is asked', async () => {
  const { dataDir, client, settings } = await startOffice();
  const other = connect(dataDir);
  await other.next('state.is');
  putFile(dataDir, 'prices.csv');
  const typed = 'another-canary-5520';
  const candidate = { ftp: settings.ftp, password: { do: 'set', value: typed } } as const;
  for (const kind of ['test-connection', 'self-check'] as const) {
    const ended = client.next('check.ended');
    answerOf(await client.call('check.start', { kind, candidate }));
    await ended;
  }
  const ended = client.next('run.ended');
  const { runId } = answerOf(await client.call('run.start', run));
  expect(await ended).toMatchObject({ result: { outcome: 'done' } });
  answerOf(await client.call('password.set', { password: { do: 'set', value: typed }, unproven: true }));
  const failed = client.next('run.ended');
  answerOf(await client.call('run.start', run));
  expect(await failed).toMatchObject({ result: { outcome: 'failed' } });

  const rows = answerOf(await client.call('history.list', { limit: 10 }));
  for (const { transmissionId } of rows) await client.call('history.show', { transmissionId });
  const queue = answerOf(await client.call('queue.list', {}));
  for (const { packetId } of queue) await client.call('queue.files', { packetId });
  await client.call('state.get', {});
  await client.call('run.result', { runId });
  await client.call('stores.list', {});
  await client.call('history.csv', {});
  await client.call('history.files', { text: '', limit: 100 });
  await client.call('settings.save', { settings, password: { do: 'keep' } });
  // A password in a place where none belongs is refused, and not repeated by the refusal.
  const misplaced = await client.call('settings.save', {
    // Deliberately not settings.
    settings: { ...settings, ftp: { ...settings.ftp, password } } as typeof settings,
    password: { do: 'keep' },
  });
  expect(misplaced.ok).toBe(false);

  const said = [...client.messages, ...other.messages, JSON.stringify(misplaced)].join('\n');
  expect(said.length).toBeGreaterThan(10_000);
  expect(said).not.toContain(password);
  expect(said).not.toContain(typed);
});
