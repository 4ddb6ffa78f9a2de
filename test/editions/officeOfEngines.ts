import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { Records } from '../../electron/records/records.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';

/** One site of an office: a data directory, worked on by an engine of its own for each run, as by a command. */
export interface EngineSite {
  readonly dataDir: string;
  transmit(): Promise<TransmissionResult>;
  withEngine<T>(work: (engine: Engine) => T | Promise<T>): Promise<T>;
  /** Works on the datasets between runs, as an import would. */
  withRecords<T>(work: (records: Records) => T): T;
  /** Takes ledger and datasets away, as a lost disk does; the settings were written down. */
  loseDisk(): void;
}

export interface EngineOffice {
  readonly clock: FakeClock;
  readonly homeDir: string;
  readonly central: EngineSite;
  addStore(number: string): Promise<EngineSite>;
}

/** An office over a folder in place of a server; the central site is there, stores are added. */
export async function officeOfEngines(settings: object = {}): Promise<EngineOffice> {
  const root = mkdtempSync(join(tmpdir(), 'branchline-editions-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const clock = createFakeClock({ sleepsAdvance: true });
  const homeDir = join(root, 'server');
  mkdirSync(homeDir);
  const make = async (name: string, init: Parameters<Engine['init']>[0], more: object) => {
    const site = siteIn(join(root, name), clock);
    await site.withEngine(async (engine) => {
      const made = await engine.init(init);
      await engine.saveSettings({
        ...made,
        ftp: { ...made.ftp, protocol: 'folder', homeDir },
        delivery: { ...made.delivery, settleSeconds: 0 },
        channels: ['daily-close', 'sign-ups'],
        ...more,
      });
    });
    return site;
  };
  const central = await make('central', { role: 'central', name: 'Head office' }, settings);
  await central.transmit();
  return {
    clock,
    homeDir,
    central,
    async addStore(number) {
      const store = await make(number, { role: 'store', storeNumber: number, name: `Store ${number}` }, {});
      await store.transmit();
      return store;
    },
  };
}

function siteIn(dataDir: string, clock: FakeClock): EngineSite {
  const withEngine: EngineSite['withEngine'] = async (work) => {
    const engine = await openEngine({
      dataDir,
      clock,
      random: systemRandom,
      env: { BRANCHLINE_VAULT_KEY: 'vault key Cn4ry7q9Zx of a test' },
    });
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  };
  return {
    dataDir,
    withEngine,
    async transmit() {
      // Every run at a time of its own, as in life.
      await clock.advance(1000);
      return await withEngine((engine) => engine.transmit({ mode: 'full' }));
    },
    withRecords(work) {
      const records = openRecords({ path: dataPaths(dataDir).records, clock, random: systemRandom });
      try {
        return work(records);
      } finally {
        records.close();
      }
    },
    loseDisk() {
      for (const name of readdirSync(dataDir)) {
        if (name !== 'settings.json') rmSync(join(dataDir, name), { recursive: true });
      }
    },
  };
}
