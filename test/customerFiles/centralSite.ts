import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { type Clock, systemClock } from '../../electron/platform/clock.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { DropRunResult } from '../../shared/contract/customerFilesCalls.ts';
import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import { type DropFolderSettings, dropFolderPresets } from '../../shared/dropFolderSettings.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';

export interface CustomerValues {
  readonly customer_id: string;
  readonly account_number: string;
  readonly name: string;
  readonly store?: string;
}

export const people: readonly CustomerValues[] = [
  { customer_id: '101', account_number: 'N123456', name: 'Mary Smith', store: '0012' },
  { customer_id: '102', account_number: 'N123457', name: 'John Brown' },
  { customer_id: '103', account_number: 'N200000', name: 'Åsa Öberg', store: '0013' },
];

/** Fills the dataset of customers, as an import would. */
export function fillCustomers(dataDir: string, clock: Clock, customers = people): void {
  const records = openRecords({ path: dataPaths(dataDir).records, clock, random: systemRandom });
  try {
    const name = datasetNameSchema.parse('customers');
    const set = setNameSchema.parse('default');
    const header = ['customer_id', 'account_number', 'name', 'store'] as const;
    const staging = records.stage(name, set, 'test', header);
    for (const [index, row] of customers.entries()) {
      const issues = staging.add(
        index + 2,
        header.map((column) => row[column] ?? ''),
      );
      if (issues.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(issues));
    }
    staging.finish();
    records.publish(name, set, staging.editionId, 1);
  } finally {
    records.close();
  }
}

export interface CentralOptions {
  readonly folders?: readonly (Partial<DropFolderSettings> | object)[];
  readonly channels?: readonly string[];
  readonly settleSeconds?: number;
  readonly customers?: readonly CustomerValues[];
  readonly ftp?: object;
  readonly clock?: Clock;
  readonly env?: Readonly<Record<string, string>>;
}

/** The central site with a real engine; its FTP site is a folder on this machine unless the options name a server. */
export class CentralSite {
  readonly root = mkdtempSync(join(tmpdir(), 'branchline-central-'));
  readonly dataDir = join(this.root, 'central');
  readonly home = join(this.root, 'home');
  readonly clock: Clock;
  readonly #env: Readonly<Record<string, string>>;
  #engine: Engine | undefined;

  private constructor(options: CentralOptions) {
    this.clock = options.clock ?? createFakeClock({ sleepsAdvance: true });
    this.#env = options.env ?? {};
    mkdirSync(this.dataDir);
    mkdirSync(this.home);
    onTestFinished(async () => {
      await this.close();
      rmSync(this.root, { recursive: true, force: true });
    });
  }

  static async open(options: CentralOptions = {}): Promise<CentralSite> {
    const site = new CentralSite(options);
    const { customers = people, folders = [dropFolderPresets['account-number']] } = options;
    if (customers.length > 0) fillCustomers(site.dataDir, systemClock, customers);
    const engine = await site.engine();
    const made = await engine.init({ role: 'central', name: 'Head office' });
    await engine.saveSettings({
      ...made,
      ftp: options.ftp ?? { ...made.ftp, protocol: 'folder', homeDir: site.home },
      channels: options.channels ?? [],
      delivery: { ...made.delivery, settleSeconds: 0 },
      dropFolders: { settleSeconds: options.settleSeconds ?? 2, folders },
    });
    return site;
  }

  get fakeClock(): FakeClock {
    if ('advance' in this.clock) return this.clock as FakeClock; // The option was left out.
    throw new Error('This site runs by the real clock.');
  }

  async engine(): Promise<Engine> {
    this.#engine ??= await openEngine({
      dataDir: this.dataDir,
      clock: this.clock,
      random: systemRandom,
      env: { BRANCHLINE_VAULT_KEY: 'sixteen letters and more', ...this.#env },
    });
    return this.#engine;
  }

  async close(): Promise<void> {
    await this.#engine?.close();
    this.#engine = undefined;
  }

  /** Puts a file onto the FTP site. */
  drop(path: string, content: string | Buffer): void {
    const target = join(this.home, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }

  /** The files that partners' folders on the FTP site hold. */
  remote(): string[] {
    return below(join(this.home, 'customerfiles'));
  }

  attachments(): string[] {
    return below(dataPaths(this.dataDir).attachments);
  }

  /** Looks into the drop folders and waits for the end. */
  async run(): Promise<DropRunResult> {
    const engine = await this.engine();
    const { promise, resolve, reject } = Promise.withResolvers<DropRunResult>();
    const stop = engine.on('customerFiles.ended', ({ result, error }) => {
      if (result !== undefined) resolve(result);
      else if (error !== undefined) reject(new ExchangeError(error));
    });
    try {
      await engine.ask('customerFiles.run', {});
      return await promise;
    } finally {
      stop();
    }
  }
}

function below(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => relative(folder, join(folder, path)))
      .sort();
  } catch {
    return [];
  }
}

export function contentOf(path: string): string {
  return readFileSync(path, 'utf8');
}
