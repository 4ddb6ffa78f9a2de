import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { ExportRunView } from '../../shared/contract/exportsCalls.ts';
import { officeOfEngines } from '../editions/officeOfEngines.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { exportOf, standard, temporaryFolder, users } from './exportsFixture.ts';

const hourly = { enabled: true, everyMinutes: 60 };
const ada = { email: 'ada@example.com', name: 'Ada' };

it('an export that is due runs within a transmission; one that fails does not fail it, and is told', async () => {
  const broken = exportOf({ name: 'broken', dataset: 'nobody', folder: 'exports/broken', schedule: hourly });
  const office = await officeOfEngines({ exports: [exportOf({ schedule: hourly }), broken] });
  office.central.withRecords((records) => records.add(users, standard, ada));
  const files = () =>
    readdirSync(office.homeDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.csv'),
    );
  await office.central.transmit();
  expect(files()).toEqual([]);
  await office.clock.advance(3_600_000);
  const run = await office.central.transmit();
  expect(run.outcome).toBe('done');
  expect(run.attention.map(({ text }) => text).join()).toContain('broken failed');
  expect(files()).toHaveLength(1);
  await office.central.transmit();
  expect(files()).toHaveLength(1);
  const status = await office.central.withEngine((engine) => engine.status());
  expect(status.attention.join()).toContain('The export broken failed');
});

it('while an engine stays open, exports run at their times, and saved settings are planned anew', async () => {
  const clock = createFakeClock();
  const folder = temporaryFolder();
  const homeDir = join(folder, 'server');
  mkdirSync(homeDir);
  const engine = await openEngine({ dataDir: join(folder, 'data'), clock, random: systemRandom, env: {} });
  let closed = false;
  const close = async () => {
    if (!closed) await engine.close();
    closed = true;
  };
  onTestFinished(close);
  const made = await engine.init({ role: 'central', name: 'Head office' });
  await engine.saveSettings({ ...made, ftp: { ...made.ftp, protocol: 'folder', homeDir } });
  await engine.ask('records.add', { dataset: users, set: standard, values: ada });
  engine.begin?.();
  const ended: ExportRunView[] = [];
  engine.on('exports.ended', ({ run }) => ended.push(run));
  const next = () =>
    new Promise<ExportRunView>((resolve) => {
      const stop = engine.on('exports.ended', ({ run }) => {
        stop();
        resolve(run);
      });
    });
  const saved = await engine.ask('exports.save', { settings: exportOf({ schedule: hourly }) });
  expect(saved.nextMs).toBeGreaterThan(clock.now());
  const first = next();
  // Timers look again at least once a minute.
  for (let minute = 0; minute < 61; minute += 1) await clock.advance(60_000);
  expect(await first).toMatchObject({ outcome: 'done', startedBy: 'schedule', rows: 1 });

  // On demand; two who ask get one run.
  const done = next();
  const [one, two] = await Promise.all([
    engine.ask('exports.run', { name: 'users', startedBy: 'test' }),
    engine.ask('exports.run', { name: 'users', startedBy: 'test' }),
  ]);
  expect(two.runs[0]).toMatchObject({ runId: one.runs[0]?.runId, joined: true });
  expect((await done).runId).toBe(one.runs[0]?.runId);
  expect(await engine.ask('exports.result', { runId: one.runs[0]?.runId ?? '' })).toMatchObject({
    outcome: 'done',
  });

  await engine.ask('exports.remove', { name: 'users' });
  const before = ended.length;
  for (let minute = 0; minute < 130; minute += 1) await clock.advance(60_000);
  expect(ended).toHaveLength(before);
  await expect(engine.ask('exports.run', { name: 'users', startedBy: 'test' })).rejects.toMatchObject({
    code: 'no-export',
  });
  await expect(
    engine.ask('subscriptions.save', { subscription: { dataset: 'nobody', set: 'default', stores: 'all' } }),
  ).rejects.toMatchObject({ code: 'no-dataset' });
  await close();
});

it('a store neither exports nor subscribes others, and the channel of the sets belongs to nobody', async () => {
  const office = await officeOfEngines();
  const store = await office.addStore('0001');
  await store.withEngine(async (engine) => {
    await expect(
      engine.ask('subscriptions.save', {
        subscription: { dataset: 'rate-book', set: 'default', stores: 'all' },
      }),
    ).rejects.toMatchObject({ code: 'central-only' });
    await expect(engine.ask('exports.run', { startedBy: 'test' })).rejects.toMatchObject({
      code: 'central-only',
    });
    const settings = engine.settings();
    await expect(engine.saveSettings({ ...settings, channels: ['branchline-sets'] })).rejects.toMatchObject({
      code: 'invalid-settings',
      message: expect.stringContaining('branchline-sets'),
    });
  });
});
