import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { startEngineProcess } from './engineProcess.ts';
import { OfficeSite, startServer, temporaryFolder } from './officeProcess.ts';

const day = 24 * 60 * 60 * 1000;

async function centralSite(faults?: PracticeFaults) {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  mkdirSync(root);
  // Settings are proven when they are saved: the server is honest until then.
  let isSetUp = false;
  const port = await startServer(root, (command) => (isSetUp ? faults?.(command) : undefined));
  const site = new OfficeSite(join(folder, 'central'));
  await site.setUp({ role: 'central', name: 'Head office' }, port);
  isSetUp = true;
  return { folder, site };
}

/** Transmits once, a day ago, and sets a schedule: the next engine has something to make up. */
async function transmittedYesterday(site: OfficeSite): Promise<void> {
  const clock = { ...systemClock, now: () => systemClock.now() - day };
  const engine = await openEngine({ dataDir: site.dataDir, clock, random: systemRandom, env: site.env });
  const settings = engine.settings();
  await engine.saveSettings({
    ...settings,
    schedule: { ...settings?.schedule, enabled: true, everyMinutes: 60 },
  });
  await engine.transmit({ mode: 'full' });
  await engine.close();
}

describe('branchline engine, as a service manager runs it', () => {
  test('makes up what was missed, says one line for each event, and ends with 0 on SIGTERM', async () => {
    const { site } = await centralSite();
    await transmittedYesterday(site);
    const engine = startEngineProcess(site);
    await engine.said(/Done: nothing was sent/);
    await engine.said(/The next transmission is planned for /);
    expect(await engine.end()).toBe(0);
    const lines = engine.text().trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S/);
    expect(engine.text()).toMatch(/works on [\s\S]*A transmission begins\.[\s\S]*Branchline has ended\.\n$/);
    expect(await site.ask(['history'])).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  });

  test('serves other commands, and a second engine is refused as busy', async () => {
    const { site } = await centralSite();
    const engine = startEngineProcess(site, [], { JOURNAL_STREAM: '8:1234' });
    await engine.said(/^<6>Branchline \S+ works on .*\n<4>No schedule is set/);
    expect(await site.ask(['transmit'])).toMatchObject({ outcome: 'done' });
    await engine.said('<6>Done: nothing was sent and nothing received.');
    const second = await site.run(['engine']);
    expect(second.exitCode).toBe(9);
    expect(second.err).toContain(`process ${engine.pid}`);
    expect(await engine.end('SIGINT')).toBe(0);
    expect((await site.run(['status'])).exitCode).toBe(0);
  });

  test('keeps quiet with --quiet, but for what is wrong', async () => {
    const { site } = await centralSite(({ verb }) =>
      verb === 'PASS' ? { kind: 'reply', text: '530 Login incorrect.' } : undefined,
    );
    const engine = startEngineProcess(site, ['--quiet']);
    await engine.said('No schedule is set');
    expect(await site.ask(['transmit'], 5)).toMatchObject({ outcome: 'failed' });
    await engine.said('FAILED');
    expect(await engine.end()).toBe(0);
    expect(engine.text()).not.toMatch(/works on|begins|has ended/);
  });

  test('leaves a transmission in order when it is told to end in the middle of it', async () => {
    let reached = () => {};
    const stalled = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const { site } = await centralSite(({ verb }) => {
      if (verb !== 'STOR') return undefined;
      reached();
      return { kind: 'stall-data', afterBytes: 1 };
    });
    mkdirSync(join(site.dataDir, 'outgoing/daily-close/all'), { recursive: true });
    writeFileSync(join(site.dataDir, 'outgoing/daily-close/all/a.csv'), 'a\n'.repeat(1000));
    const engine = startEngineProcess(site);
    await engine.said('works on');
    const asked = site.run(['transmit']);
    await stalled;
    expect(await engine.end()).toBe(0);
    expect((await asked).exitCode).not.toBe(0);
    expect(engine.text()).toContain('Branchline has ended.');
    expect(await site.ask(['history'])).toMatchObject([{ outcome: 'cancelled' }]);
  });

  test('refuses a folder that is no site, and makes none', async () => {
    const folder = temporaryFolder();
    const nowhere = new OfficeSite(join(folder, 'mistyped'));
    expect((await nowhere.run(['engine'])).exitCode).toBe(3);
    const empty = new OfficeSite(folder);
    const ran = await empty.run(['engine']);
    expect(ran.exitCode).toBe(3);
    expect(ran.err).toContain('not set up');
    writeFileSync(join(folder, 'settings.json'), '{');
    expect((await empty.run(['engine'])).exitCode).toBe(3);
  });
});
