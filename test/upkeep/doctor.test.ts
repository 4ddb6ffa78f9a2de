import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConnection } from '../../electron/engine/areas/upkeep/checkConnection.ts';
import { checkSchedule } from '../../electron/engine/areas/upkeep/checkSchedule.ts';
import { examine } from '../../electron/engine/areas/upkeep/examine.ts';
import { fine, note } from '../../electron/engine/areas/upkeep/finding.ts';
import { checkDisk, checkFolders } from '../../electron/engine/areas/upkeep/placeChecks.ts';
import { checkMail } from '../../electron/engine/areas/upkeep/siteChecks.ts';
import { neededSecrets } from '../../electron/engine/neededSecrets.ts';
import type { ConnectionRow } from '../../electron/ledger/ledger.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { scheduleSchema } from '../../shared/scheduleSettings.ts';
import { settingsSchema } from '../../shared/settings.ts';
import type { CheckReport, TransmissionRow } from '../../shared/views.ts';
import { OfficeSite, startServer, temporaryFolder } from '../cli/officeProcess.ts';
import { answerOf, startOffice } from '../engine/hostFixture.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const minute = 60_000;
const settings = settingsSchema.parse({
  formatVersion: 1,
  site: {
    role: 'store',
    storeNumber: '0012',
    name: 'Riverside',
    guid: '6f1c2f0e-8a1b-4c5d-9e2f-0123456789ab',
  },
});

function outcomes({ steps }: CheckReport): Record<string, string> {
  return Object.fromEntries(steps.map(({ name, outcome }) => [name, outcome]));
}

async function store(faults?: PracticeFaults) {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  mkdirSync(root);
  const port = await startServer(root, faults);
  const site = new OfficeSite(join(folder, 'site'));
  await site.setUp({ role: 'store', storeNumber: '0012', name: 'Riverside' }, port);
  return { folder, root, site };
}

describe('the doctor, asked by a window', () => {
  it('tells each step as it comes, and answers the whole; nothing is left on the server', async () => {
    const { client } = await startOffice();
    const told: string[] = [];
    client.on('upkeep.step', ({ checkId, step }) => told.push(`${checkId} ${step.name}`));
    const report = answerOf(await client.call('upkeep.doctor', { checkId: 'one', offline: false }));
    expect(report).toMatchObject({
      ok: true,
      verdict: expect.stringMatching(/^All that was checked is well\./),
    });
    expect(outcomes(report)).toEqual({
      settings: 'ok',
      secrets: 'ok',
      folders: 'ok',
      disk: expect.stringMatching(/^(ok|note)$/),
      ledger: 'ok',
      queue: 'ok',
      connection: 'ok',
      server: 'ok',
      'home-dir': 'ok',
      clock: 'ok',
      schedule: 'note',
      mail: 'note',
    });
    expect(told).toEqual(report.steps.map(({ name }) => `one ${name}`));
  });

  it('can be stopped in the middle, and says so', async () => {
    let reached = () => {};
    const stalled = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let stall = false;
    const { client } = await startOffice(({ verb }) => {
      if (!stall || verb !== 'STOR') return undefined;
      reached();
      return { kind: 'stall-data', afterBytes: 1 };
    });
    stall = true;
    const asked = client.call('upkeep.doctor', { checkId: 'two', offline: false });
    await stalled;
    answerOf(await client.call('upkeep.cancel', { checkId: 'two' }));
    const report = answerOf(await asked);
    expect(report).toMatchObject({ ok: false, error: { class: 'cancelled' } });
    expect(outcomes(report)).toMatchObject({ server: 'ok' });
    expect(outcomes(report)).not.toHaveProperty('home-dir');
  });
});

describe('branchline doctor', () => {
  it('gives the verdict first, one line for each thing, and ends with 0 when all is well', async () => {
    const { site } = await store();
    const ran = await site.run(['doctor']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(
      /^Doctor: ok\. All that was checked is well\. Worth knowing: .*Schedule, Mail\.\n/,
    );
    expect(ran.out).toMatch(/ ok +Secrets +.*the encrypted vault file/);
    expect(ran.out).toContain('branchline service install');
  });

  it('does not ask the server with --offline', async () => {
    let asked = 0;
    const { site } = await store(() => {
      asked += 1;
      return undefined;
    });
    asked = 0;
    const report = await site.ask(['doctor', '--offline']);
    expect(report).toMatchObject({ ok: true, verdict: expect.stringContaining('Not checked: Server') });
    expect(asked).toBe(0);
  });

  it('ends with the code of the first thing that is wrong', async () => {
    const { site } = await store();
    const wrong = await site.run(['doctor', '--json'], { env: { BRANCHLINE_PASSWORD: 'wrong' } });
    expect(wrong.exitCode).toBe(5);
    const report: { value: CheckReport } = JSON.parse(wrong.out);
    expect(outcomes(report.value)).toMatchObject({
      server: 'failed',
      'home-dir': 'not-run',
      clock: 'not-run',
      schedule: 'note',
    });
    const keyless = await site.run(['doctor', '--offline'], { env: { BRANCHLINE_VAULT_KEY: '' } });
    expect(keyless.exitCode).toBe(3);
    expect(keyless.out).toMatch(/^Doctor: FAILED\. Not well: Secrets\.[\s\S]*no key to it was named/);
  });

  it('says what the server forbids, as the self-check does', async () => {
    const { site } = await store(({ verb }) =>
      verb === 'RNFR' ? { kind: 'reply', text: '550 Permission denied.' } : undefined,
    );
    const ran = await site.run(['doctor']);
    expect(ran.exitCode).toBe(6);
    expect(ran.out).toMatch(/^Doctor: FAILED\. Not well: Home directory\./);
  });

  it('examines a site that is not set up, or whose settings are spoilt, as far as it can', async () => {
    const site = new OfficeSite(temporaryFolder());
    expect((await site.run(['doctor'])).exitCode).toBe(3);
    writeFileSync(join(site.dataDir, 'settings.json'), '{');
    const spoilt = await site.run(['doctor']);
    expect(spoilt.exitCode).toBe(3);
    expect(spoilt.out).toMatch(/FAILED +Settings[\s\S]*ok +Ledger[\s\S]*not run +Server/);
  });

  it('finds that nothing keeps the schedule', async () => {
    const { site } = await store();
    await site.ask(['config', 'set', 'schedule.enabled=true']);
    const ran = await site.run(['doctor', '--offline']);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toContain('Not well: Schedule.');
  });
});

describe('a check of the doctor', () => {
  it('that breaks is a failure of its own, and the others are made', async () => {
    const clock = createFakeClock();
    const report = await examine(
      [
        { name: 'a', label: 'A', look: () => Promise.reject(new Error('boom')) },
        { name: 'b', label: 'B', look: () => note('Hm.', 'x', 'y') },
        { name: 'c', label: 'C', look: () => fine('Good.') },
      ],
      { clock, server: '', signal: new AbortController().signal, onStep: () => undefined },
    );
    expect(report).toMatchObject({ ok: false, verdict: 'Not well: A. Worth knowing: B.' });
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(['failed', 'note', 'ok']);
  });

  it.each([
    [50_000_000, 'failed'],
    [500_000_000, 'note'],
    [5_000_000_000, 'ok'],
  ])('finds %d free bytes: %s', (free, expected) => {
    const dataDir = temporaryFolder();
    expect(checkDisk(dataDir, settings, () => free).outcome).toBe(expected);
  });

  it('names the folder that is not there', () => {
    const dataDir = temporaryFolder();
    for (const name of ['outgoing', 'incoming', 'sent', 'backup', 'rejected', 'refused', 'inbox'])
      mkdirSync(join(dataDir, name));
    expect(checkFolders(dataDir, settings).outcome).toBe('ok');
    rmSync(join(dataDir, 'sent'), { recursive: true });
    expect(checkFolders(dataDir, settings)).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining(join(dataDir, 'sent')),
    });
    writeFileSync(join(dataDir, 'sent'), '');
    expect(checkFolders(dataDir, settings)).toMatchObject({
      detail: expect.stringContaining('is no folder'),
    });
  });

  it.each([
    [{}, 'note'],
    [{ host: 'mail.example.com', recipients: ['it@example.com'] }, 'failed'],
    [{ recipients: ['it@example.com'] }, 'failed'],
    [{ host: 'mail.example.com', sender: 'a@example.com', recipients: ['it@example.com'] }, 'ok'],
  ])('finds mail settings %j: %s', (mail, expected) => {
    expect(checkMail(settingsSchema.parse({ ...settings, mail })).outcome).toBe(expected);
  });

  const rested: ConnectionRow = {
    failures: 0,
    lastMessage: '',
    lastFailureMs: undefined,
    suspended: undefined,
    held: undefined,
    lastLoginMs: undefined,
  };
  it.each<[string, boolean, Partial<ConnectionRow>, string, string]>([
    ['on', true, {}, 'ok', 'without failures'],
    ['that is switched off', false, {}, 'note', 'Enable FTP is off'],
    [
      'that rests',
      true,
      { failures: 10, suspended: { sinceMs: 0, untilMs: 90_000 } },
      'note',
      '2 minutes more',
    ],
    [
      'whose log-in was refused',
      true,
      { held: { code: 'login-refused', message: 'Refused.', sinceMs: 0 } },
      'failed',
      'Refused.',
    ],
  ])('finds a connection %s', (_name, enabled, row, outcome, detail) => {
    const given = settingsSchema.parse({ ...settings, ftp: { enabled } });
    expect(checkConnection(given, { ...rested, ...row }, 0)).toMatchObject({
      outcome,
      detail: expect.stringContaining(detail),
    });
  });

  it.each([
    [{ protocol: 'folder', homeDir: '/srv' }, {}, []],
    [{ host: 'h' }, {}, ['ftp.password']],
    [{ protocol: 'sftp', logonType: 'interactive' }, {}, ['ftp.password']],
    [{ protocol: 'sftp', logonType: 'key-file' }, {}, []],
    [{ protocol: 'sftp', logonType: 'key-file' }, { host: 'm', username: 'u' }, ['mail.password']],
  ])('needs for %j and mail %j the secrets %j', (ftp, mail, expected) => {
    const needed = neededSecrets(settingsSchema.parse({ ...settings, ftp, mail }));
    expect(needed.map(({ setting }) => setting)).toEqual(expected);
  });

  const nowMs = Date.UTC(2026, 2, 1, 12);
  const run = (agoMinutes: number, outcome: TransmissionRow['outcome'] = 'done'): TransmissionRow => ({
    transmissionId: 'x',
    mode: 'full',
    startedMs: nowMs - agoMinutes * minute,
    outcome,
  });
  const scheduled = { ...settings, schedule: scheduleSchema.parse({ enabled: true, everyMinutes: 30 }) };
  it.each([
    ['no schedule', settings, true, run(5), 'note'],
    ['a schedule that nothing keeps', scheduled, false, run(5), 'failed'],
    ['a schedule that is kept', scheduled, true, run(5), 'ok'],
    ['a schedule that has not begun yet', scheduled, true, undefined, 'ok'],
    ['a schedule whose times passed without a run', scheduled, true, run(120), 'note'],
    ['a last run that failed', scheduled, true, run(5, 'failed'), 'note'],
  ])('finds %s', (_name, given, served, last, expected) => {
    expect(checkSchedule({ settings: given, served, last, nowMs }).outcome).toBe(expected);
  });
});
