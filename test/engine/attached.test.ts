import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { attachEngine } from '../../electron/engine/attachEngine.ts';
import { socketPath } from '../../electron/engine/host/socketPath.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { OfficeSite, password, startServer, temporaryFolder } from '../cli/officeProcess.ts';
import { answerOf, connect } from './hostFixture.ts';

const repository = resolve(import.meta.dirname, '../..');
const engineMain = join(repository, 'electron/engine/engineMain.ts');

interface EngineProcess {
  readonly ended: Promise<number | null>;
  /** Resolves when the engine serves, rejects when it ends before. */
  readonly ready: Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** `node electron/engine/engineMain.ts --data-dir …`, killed with the test. */
function startEngineProcess(dataDir: string): EngineProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [engineMain, '--data-dir', dataDir], {
    cwd: repository,
    env: { PATH, HOME, BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((finish) => child.once('close', finish));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ready = new Promise<void>((finish, fail) => {
    child.stdout.once('data', () => finish());
    child.once('close', (code) => fail(new Error(`The engine ended with ${code}: ${said}`)));
  });
  ready.catch(() => undefined);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { ended, ready, kill: (signal) => child.kill(signal) };
}

async function office(faults?: PracticeFaults) {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  mkdirSync(root);
  const port = await startServer(root, faults);
  const site = new OfficeSite(join(folder, 'central'));
  await site.setUp({ role: 'central', name: 'Head office' }, port);
  return { site, dataDir: site.dataDir };
}

async function serving(dataDir: string): Promise<EngineProcess> {
  const engine = startEngineProcess(dataDir);
  await engine.ready;
  return engine;
}

/** Uploads of transmissions stand still until the gate is opened; what proves the settings passes. */
function gatedUploads() {
  const reached = Promise.withResolvers<void>();
  const gate = { isShut: true, reached: reached.promise };
  const faults: PracticeFaults = ({ verb, argument }) => {
    if (!gate.isShut || verb !== 'STOR' || argument.includes('self-check')) return undefined;
    reached.resolve();
    return { kind: 'stall-data', afterBytes: 0 };
  };
  return { gate, faults };
}

describe('the command line beside a running engine', () => {
  test('goes through it, for every kind of command', async () => {
    const { site, dataDir } = await office();
    await serving(dataDir);
    const window = connect(dataDir);
    await window.next('state.is');
    const ended = window.next('run.ended');
    expect(await site.ask(['transmit'])).toMatchObject({ outcome: 'done' });
    // The window has seen the run of the command line.
    const end = await ended;
    expect(end.result?.outcome).toBe('done');

    expect(await site.ask(['history'])).toMatchObject([{ outcome: 'done' }]);
    expect(await site.ask(['queue'])).toEqual([]);
    expect(await site.ask(['status'])).toMatchObject({ configured: true });
    expect(await site.ask(['test-connection'])).toMatchObject({ ok: true });
    expect(await site.ask(['self-check'])).toMatchObject({ ok: true });
    expect(await site.ask(['channels', 'add', 'price-book'])).toMatchObject({
      channels: ['daily-close', 'price-book'],
    });
    expect(answerOf(await window.call('state.get', {})).settings?.channels).toContain('price-book');
  });

  test('sets a password through it, and never shows one', async () => {
    const { site, dataDir } = await office();
    await serving(dataDir);
    const set = (value: string) =>
      site.run(['config', 'set', 'ftp.username=office', '--password-stdin'], { stdin: `${value}\n` });
    // A wrong one does not pass its proof, and replaces nothing.
    expect((await set('a wrong one')).exitCode).toBe(5);
    expect((await site.run(['test-connection'])).exitCode).toBe(0);
    const unproven = await site.run(
      ['config', 'set', 'ftp.username=office', '--password-stdin', '--unproven'],
      { stdin: 'a wrong one\n' },
    );
    expect(unproven.exitCode).toBe(0);
    expect((await site.run(['test-connection'])).exitCode).toBe(5);
    expect((await site.run(['history'])).out).toContain('saved without proof');
    expect((await set(password)).exitCode).toBe(0);
    expect((await site.run(['test-connection'])).exitCode).toBe(0);
    const shown = await site.run(['config', 'show', '--json']);
    expect(shown.out).toContain('"hasPassword":true');
    expect(shown.out).not.toContain(password);
  });

  test('joins a transmission under way, which goes on when who only joined it stops watching', async () => {
    const { gate, faults } = gatedUploads();
    const { dataDir } = await office(faults);
    await serving(dataDir);
    const window = connect(dataDir);
    const { runId } = answerOf(await window.call('run.start', { mode: 'full', startedBy: 'window' }));
    await gate.reached;
    const attached = await attachEngine(dataDir);
    if (attached === undefined) throw new Error('No engine answers.');
    onTestFinished(() => attached.close());
    const interrupt = new AbortController();
    const joined = attached.transmit({ mode: 'full', signal: interrupt.signal });
    const refused = expect(joined).rejects.toMatchObject({ code: 'cancelled', class: 'cancelled' });
    // Asked on the same line after it: once this is answered, that was heard.
    await attached.queue();
    interrupt.abort();
    await refused;
    expect(answerOf(await window.call('state.get', {})).activeRun?.runId).toBe(runId);
  });

  test('refuses wrong settings in the words that it has without an engine', async () => {
    const { dataDir } = await office();
    await serving(dataDir);
    const attached = await attachEngine(dataDir);
    if (attached === undefined) throw new Error('No engine answers.');
    onTestFinished(() => attached.close());
    await expect(attached.saveSettings({ ...attached.settings(), channels: 'all' })).rejects.toMatchObject({
      code: 'invalid-settings',
      class: 'fix',
    });
  });

  test('starts a transmission that Ctrl-C ends', async () => {
    const { gate, faults } = gatedUploads();
    const { site, dataDir } = await office(faults);
    await serving(dataDir);
    const window = connect(dataDir);
    const ended = window.next('run.ended');
    const interrupt = new AbortController();
    const command = site.run(['transmit'], { interrupt: interrupt.signal });
    await gate.reached;
    expect(answerOf(await window.call('state.get', {})).activeRun?.startedBy).toBe('command line');
    interrupt.abort();
    expect(await ended).toMatchObject({ result: { outcome: 'cancelled' } });
    expect((await command).exitCode).toBe(130);
  });
});

describe('the engine as a process', () => {
  test('is the only one of its data directory: a second ends as busy', async () => {
    const { dataDir } = await office();
    await serving(dataDir);
    expect(await startEngineProcess(dataDir).ended).toBe(9);
    expect((await connect(dataDir).call('state.get', {})).ok).toBe(true);
  });

  test('that is told to end leaves nothing behind', async () => {
    const { dataDir } = await office();
    const engine = await serving(dataDir);
    engine.kill('SIGTERM');
    expect(await engine.ended).toBe(0);
    if (process.platform !== 'win32') expect(existsSync(socketPath(dataDir))).toBe(false);
  });

  test('that was killed amid a run leaves a dead socket, which nobody minds, and the next one replaces', async () => {
    const { gate, faults } = gatedUploads();
    const { site, dataDir } = await office(faults);
    mkdirSync(join(dataDir, 'outgoing/daily-close/all'), { recursive: true });
    writeFileSync(join(dataDir, 'outgoing/daily-close/all/prices.csv'), 'price\n1\n');
    const engine = await serving(dataDir);
    const window = connect(dataDir);
    answerOf(await window.call('run.start', { mode: 'full', startedBy: 'window' }));
    await gate.reached;
    const pending = window.call('check.start', { kind: 'test-connection' });
    await pending;
    engine.kill('SIGKILL');
    await engine.ended;
    expect(await window.call('state.get', {})).toMatchObject({ ok: false, error: { code: 'engine-lost' } });
    if (process.platform !== 'win32') expect(existsSync(socketPath(dataDir))).toBe(true);

    gate.isShut = false;
    expect(await site.ask(['transmit'])).toMatchObject({ outcome: 'done' });
    await serving(dataDir);
    expect((await connect(dataDir).call('state.get', {})).ok).toBe(true);
    expect(await site.ask(['history'])).toMatchObject([{ outcome: 'done' }, { outcome: 'interrupted' }]);
  });
});
