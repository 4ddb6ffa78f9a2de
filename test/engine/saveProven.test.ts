import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckReport, CheckStep } from '../../shared/views.ts';
import { central, openSite, password, startCountingServer, store, withServer } from './officeSites.ts';

const right = { do: 'set', value: password } as const;
const wrong = { do: 'set', value: 'not this one' } as const;

describe('a configuration that is complete', () => {
  test('is proven with a file that leaves no trace, and saved with its password', async () => {
    const server = await startCountingServer();
    const { engine, made } = await openSite(central);
    const steps: CheckStep[] = [];
    await engine.saveSettings(withServer(made, server.port), {
      password: right,
      onStep: (step) => steps.push(step),
    });
    expect(steps.map(({ name }) => name)).toEqual([
      ...['resolve', 'connect', 'greeting', 'login', 'home'],
      ...['office', 'write', 'read-back', 'delete', 'clean-up'],
    ]);
    expect(steps.every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(readdirSync(server.root)).toEqual([]);
    expect(engine.settings()?.ftp.port).toBe(server.port);
    expect((await engine.testConnection()).ok).toBe(true);
    expect(await engine.historyNotes(10)).toEqual([]);
  });

  test('is not saved with a wrong password, which is tried once; the old one stays', async () => {
    const server = await startCountingServer();
    const { engine, made } = await openSite(central);
    await engine.saveSettings(withServer(made, server.port), { password: right });
    const before = engine.settings();
    server.forget();
    const elsewhere = withServer(made, server.port, { homeDir: '/elsewhere' });
    await expect(engine.saveSettings(elsewhere, { password: wrong })).rejects.toMatchObject({
      code: 'login-refused',
      advice: expect.stringMatching(/username and password/i),
    });
    await expect(engine.setPassword('not this one')).rejects.toMatchObject({ code: 'login-refused' });
    expect(server.count('PASS')).toBe(2);
    expect(engine.settings()).toEqual(before);
    expect((await engine.testConnection()).ok).toBe(true);
  });

  test('is not saved where the home directory cannot be worked in, with the step that failed and advice', async () => {
    const server = await startCountingServer();
    server.fault = ({ verb }) => (verb === 'DELE' ? { kind: 'reply', text: '550 Denied.' } : undefined);
    const { engine, made } = await openSite(central);
    let report: CheckReport | undefined;
    await expect(
      engine.saveSettings(withServer(made, server.port), {
        password: right,
        onReport: (told) => {
          report = told;
        },
      }),
    ).rejects.toMatchObject({ code: 'self-check-failed', advice: expect.stringContaining('DELE') });
    expect(report?.steps.find(({ name }) => name === 'delete')).toMatchObject({ outcome: 'failed' });
    expect(engine.settings()?.ftp.host).toBe('');
    expect(await engine.hasPassword()).toBe(false);
  });

  test('is not saved when its proof is cancelled, and the file is removed', async () => {
    const server = await startCountingServer();
    const { engine, made } = await openSite(central);
    const abort = new AbortController();
    const saving = engine.saveSettings(withServer(made, server.port), {
      password: right,
      unproven: true,
      signal: abort.signal,
      onStep: ({ name }) => {
        if (name === 'write') abort.abort();
      },
    });
    await expect(saving).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.settings()?.ftp.host).toBe('');
    expect(readdirSync(server.root)).toEqual([]);
  });

  test('is saved anyway by a deliberate second step, which the history keeps and which sends no second password', async () => {
    const server = await startCountingServer();
    const { engine, made, dataDir } = await openSite(central);
    const wanted = withServer(made, server.port);
    await expect(engine.saveSettings(wanted, { password: wrong })).rejects.toMatchObject({
      code: 'login-refused',
    });
    await engine.saveSettings(wanted, { password: wrong, unproven: true });
    expect(server.count('PASS')).toBe(1);
    expect(engine.settings()?.ftp.port).toBe(server.port);
    const [note, ...others] = await engine.historyNotes(10);
    expect(others).toEqual([]);
    expect(note).toMatchObject({
      level: 'warning',
      text: expect.stringMatching(/saved without proof.*office@/),
    });
    for (const name of ['ledger.db', 'ledger.db-wal', 'settings.json'])
      expect(readFileSync(join(dataDir, name)).includes('not this one')).toBe(false);
  });

  test('can be prepared before its server is there: it is saved anyway, with its password', async () => {
    const server = await startCountingServer();
    await server.stop();
    const { engine, made } = await openSite(store);
    const wanted = withServer(made, server.port);
    await expect(engine.saveSettings(wanted, { password: right })).rejects.toMatchObject({
      code: 'cannot-connect',
    });
    await engine.saveSettings(wanted, { password: right, unproven: true });
    expect(await engine.hasPassword()).toBe(true);
    expect(await engine.historyNotes(10)).toHaveLength(1);
  });
});

describe('what needs no proof', () => {
  test('is a configuration that is still incomplete, and all other settings', async () => {
    const server = await startCountingServer();
    const { engine, made } = await openSite(central);
    await engine.saveSettings(withServer(made, server.port));
    expect(server.count('USER')).toBe(0);
    await engine.setPassword(password);
    expect(server.count('USER')).toBe(1);
    const known = engine.settings();
    if (known === undefined) throw new Error('It is set up.');
    await engine.saveSettings({
      ...known,
      schedule: { ...known.schedule, enabled: true },
      ftp: { ...known.ftp, connections: 2, uploadKilobytesPerSecond: 100 },
    });
    await engine.setPassword(undefined);
    expect(server.count('USER')).toBe(1);
  });

  test('stays as another client saves it while a proof is under way', async () => {
    const server = await startCountingServer();
    const { engine, made } = await openSite(central);
    const between = Promise.withResolvers<void>();
    const saving = engine.saveSettings(withServer(made, server.port), {
      password: right,
      onStep: ({ name }) => {
        if (name === 'write') between.resolve();
      },
    });
    await between.promise;
    await engine.saveSettings({ ...made, schedule: { ...made.schedule, enabled: true } });
    await saving;
    expect(engine.settings()).toMatchObject({ schedule: { enabled: true }, ftp: { port: server.port } });
  });
});

describe('whose home directory it is', () => {
  test("another office's is refused, also when it is to be saved anyway, and is left untouched", async () => {
    const server = await startCountingServer();
    const first = await openSite(central);
    await first.engine.saveSettings(withServer(first.made, server.port), { password: right });
    await first.engine.transmit({ mode: 'full' });
    const tree = readdirSync(server.root, { recursive: true }).toSorted();
    server.forget();
    const second = await openSite({ role: 'central', name: 'Another office' });
    for (const unproven of [false, true]) {
      await expect(
        second.engine.saveSettings(withServer(second.made, server.port), { password: right, unproven }),
      ).rejects.toMatchObject({ code: 'foreign-office', message: expect.stringContaining('Head office') });
    }
    expect(second.engine.settings()?.ftp.host).toBe('');
    expect(server.count('STOR')).toBe(0);
    expect(readdirSync(server.root, { recursive: true }).toSorted()).toEqual(tree);
  });

  test('a store that has met its office cannot be pointed at another one', async () => {
    const [ours, theirs] = [await startCountingServer(), await startCountingServer()];
    for (const server of [ours, theirs]) {
      const { engine, made } = await openSite(central);
      await engine.saveSettings(withServer(made, server.port), { password: right });
      await engine.transmit({ mode: 'full' });
    }
    const { engine, made } = await openSite(store);
    await engine.saveSettings(withServer(made, ours.port), { password: right });
    await engine.transmit({ mode: 'full' });
    const known = engine.settings();
    if (known === undefined) throw new Error('It is set up.');
    const moved = { ...known, ftp: { ...known.ftp, port: theirs.port } };
    await expect(engine.saveSettings(moved, { unproven: true })).rejects.toMatchObject({
      code: 'foreign-office',
    });
    expect(engine.settings()).toEqual(known);
  });

  test('a store number that another installation uses is refused, also when it is to be saved anyway', async () => {
    const server = await startCountingServer();
    for (const identity of [central, store]) {
      const { engine, made } = await openSite(identity);
      await engine.saveSettings(withServer(made, server.port), { password: right });
      await engine.transmit({ mode: 'full' });
    }
    const copy = await openSite(store);
    for (const unproven of [false, true]) {
      await expect(
        copy.engine.saveSettings(withServer(copy.made, server.port), { password: right, unproven }),
      ).rejects.toMatchObject({ code: 'store-number-taken', message: expect.stringContaining('Riverside') });
    }
    expect(await copy.engine.hasPassword()).toBe(false);
  });
});
