import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callNames } from '../../shared/contract/channels.ts';
import { type Bundles, buildBundles } from './buildBundles.ts';

interface Report {
  readonly [key: string]: unknown;
  readonly windows: readonly { readonly webPreferences: object }[];
  readonly channels: readonly string[];
}

describe.runIf(process.platform === 'linux')('the built shell, in Node on a fake Electron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-bundle-'));
  let bundles: Bundles;
  let report: Report;

  beforeAll(async () => {
    bundles = await buildBundles();
    const here = (name: string) => join(import.meta.dirname, name);
    const args = [
      '--import',
      here('fakeElectronHook.ts'),
      here('bundleMain.ts'),
      bundles.main,
      bundles.preload,
    ];
    const { PATH = '', HOME = '' } = process.env;
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: {
        PATH,
        HOME,
        BRANCHLINE_DATA_DIR: join(folder, 'data'),
        BRANCHLINE_NODE: process.execPath,
        FAKE_USER_DATA: folder,
      },
      timeout: 120_000,
    });
    expect(status, stderr).toBe(0);
    report = JSON.parse(stdout);
  }, 180_000);
  afterAll(() => {
    bundles.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('it makes one window, with the hardened options', () => {
    expect(report.windows).toHaveLength(1);
    expect(report.windows[0]?.webPreferences).toMatchObject({
      preload: bundles.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(report['isSandboxed']).toBe(true);
  });

  test('the page has a scheme of its own, without privileges of files', () => {
    expect(report['schemes']).toEqual([
      {
        scheme: 'branchline',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  test('it registers the channels of the contract, and no other', () => {
    expect(report.channels.toSorted()).toEqual(callNames.map((name) => `branchline:call:${name}`).toSorted());
    expect(report['listeners']).toEqual([]);
  });

  test('it starts an engine, whose answer comes through', () => {
    expect(report['state']).toMatchObject({
      ok: true,
      value: { dataDir: join(folder, 'data'), status: { configured: false } },
    });
    expect(readdirSync(join(folder, 'data'))).toContain('ledger.db');
  });

  test('it starts another engine when that one is killed, and says so', () => {
    expect(report['stateAgain']).toMatchObject({ ok: true });
    expect(report['notifications']).toEqual(['Branchline’s engine had ended and was started again']);
  });

  test('when the program ends, so does its engine', () => {
    expect(readdirSync(join(folder, 'data'))).not.toContain('engine.sock');
  });

  test('a foreign sender, navigation, new windows and permissions are refused', () => {
    expect(report['foreign']).toMatchObject({ ok: false, error: { code: 'foreign-sender' } });
    expect(report['isNavigationDenied']).toBe(true);
    expect(report['newWindow']).toEqual({ action: 'deny' });
    expect(report['permissions']).toEqual([false]);
  });

  test('the preload exposes the client of the contract, and nothing else', () => {
    expect(report['exposed']).toEqual(['branchline']);
    expect(report['clientMembers']).toEqual(['call', 'on', 'onConnection', 'close']);
  });

  test('the page can make the calls and hear the events of the contract only', () => {
    expect(report['answered']).toEqual({ ok: true, value: 'answered' });
    expect(report['unknown']).toMatchObject({ ok: false, error: { code: 'unknown-call' } });
    expect(report['invoked']).toEqual([['branchline:call:queue.list', {}]]);
    expect(report['heard']).toEqual([true, { topics: ['queue'] }]);
  });
});
