import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { openPracticeOffice, type PracticeOffice } from '../../electron/engine/practiceOffice.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';

const parts = { clock: systemClock, random: systemRandom };
let dataDir: string;
let office: PracticeOffice;

/** A variable for the password would hide what a practice office must bring along by itself. */
const env = {};

async function openOffice(): Promise<PracticeOffice> {
  return await openPracticeOffice(await openEngine({ ...parts, dataDir, env }), parts);
}

function tree(): string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).sort();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

async function transmit(engine: Engine): Promise<{ sent: number; received: number }> {
  const result = await engine.transmit({ mode: 'full' });
  expect(result.outcome).toBe('done');
  return { sent: result.sent.packets, received: result.received.files };
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'branchline-practice-'));
  office = await openOffice();
});
afterEach(async () => {
  await office.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a practice office', () => {
  test('answers in place of the site that is not set up, and really exchanges files', async () => {
    expect(office.active()).toBe(false);
    expect((await office.engine.status()).configured).toBe(false);
    await office.start();
    expect(office.active()).toBe(true);
    const { engine } = office;
    expect(engine.settings()?.site.role).toBe('central');
    expect((await engine.testConnection()).ok).toBe(true);
    expect((await engine.selfCheck()).ok).toBe(true);

    const first = await transmit(engine);
    expect(first.sent).toBeGreaterThan(0);
    expect(filesIn(join(engine.dataDir, 'incoming'))).toContain('2026-11-20.csv');
    await office.play();
    expect(filesIn(join(dataDir, 'practice/0012/incoming'))).toContain('price list.csv');
    const second = await transmit(engine);
    expect(second.received).toBe(2);
    expect(second.sent).toBe(1);
  });

  test('removed, leaves nothing behind', async () => {
    const before = tree();
    await office.start();
    await transmit(office.engine);
    await office.remove();
    expect(office.active()).toBe(false);
    expect(tree()).toEqual(before);
    expect((await office.engine.status()).configured).toBe(false);
    expect(office.engine.history()).toEqual([]);
    await office.engine.init({ role: 'central', name: 'Real office' });
    expect(office.engine.settings()?.site.name).toBe('Real office');
  });

  test('is removed while it transmits: the transmission is cancelled first', async () => {
    await office.start();
    const started = Promise.withResolvers<void>();
    const run = office.engine.transmit({ mode: 'full', onNote: () => started.resolve() });
    await Promise.race([started.promise, run]);
    await office.remove();
    await run;
    expect(existsSync(join(dataDir, 'practice'))).toBe(false);
  });

  test('is there again after a restart, with its history and a site that listens', async () => {
    await office.start();
    await transmit(office.engine);
    const entries = (await office.engine.history()).length;
    await office.close();
    office = await openOffice();
    expect(office.active()).toBe(true);
    expect(office.engine.history()).toHaveLength(entries);
    await office.play();
    expect((await transmit(office.engine)).received).toBe(2);
  });

  test('keeps what was changed in its settings over a restart', async () => {
    await office.start();
    const settings = office.engine.settings();
    await office.engine.saveSettings({
      ...settings,
      schedule: { ...settings?.schedule, enabled: true },
      channels: ['daily-close', 'price-book', 'documents', 'returns'],
    });
    await office.close();
    office = await openOffice();
    expect(office.engine.settings()?.schedule.enabled).toBe(true);
    expect(office.engine.settings()?.channels).toContain('returns');
  });

  test('keeps a password that is set while practising inside the practice folder', async () => {
    await office.start();
    await office.engine.setPassword('another one', { unproven: true });
    expect(existsSync(join(dataDir, 'practice/central/vault.json'))).toBe(true);
    expect((await office.engine.testConnection()).ok).toBe(true);
  });

  test('keeps its account where only this person can read it', async () => {
    await office.start();
    if (process.platform === 'win32') return;
    expect(statSync(join(dataDir, 'practice')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'practice/practice.json')).mode & 0o077).toBe(0);
  });

  test('is refused where a real site is set up, and touches nothing', async () => {
    await office.engine.init({ role: 'store', storeNumber: '0012', name: 'Riverside' });
    const settings = readFileSync(join(dataDir, 'settings.json'), 'utf8');
    await expect(office.start()).rejects.toMatchObject({ code: 'already-configured', class: 'fix' });
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(settings);
    expect(existsSync(join(dataDir, 'practice'))).toBe(false);
  });

  test('started twice at once is one practice office', async () => {
    await Promise.all([office.start(), office.start()]);
    expect(office.active()).toBe(true);
    expect((await transmit(office.engine)).sent).toBeGreaterThan(0);
  });

  test('play without a practice office says what to do', async () => {
    await expect(office.play()).rejects.toMatchObject({ code: 'no-practice', class: 'fix' });
  });

  test.each([
    ['a set-up that was never finished', (folder: string) => rmSync(join(folder, 'practice.json'))],
    ['a broken account file', (folder: string) => writeFileSync(join(folder, 'practice.json'), '{')],
    ['broken settings', (folder: string) => writeFileSync(join(folder, 'central/settings.json'), '{')],
  ])('%s is swept away at the next start and does not stop the program', async (_title, breakIt) => {
    await office.start();
    await office.close();
    breakIt(join(dataDir, 'practice'));
    office = await openOffice();
    expect(office.active()).toBe(false);
    expect(existsSync(join(dataDir, 'practice'))).toBe(false);
    await office.start();
    expect(office.active()).toBe(true);
  });
});
