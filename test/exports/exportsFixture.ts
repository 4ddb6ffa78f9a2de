import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { exportMemory } from '../../electron/engine/areas/exports/exportMemory.ts';
import type { ExportOutcome } from '../../electron/exports/exportRun.ts';
import { runExport } from '../../electron/exports/runExport.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { Records } from '../../electron/records/records.ts';
import { createTransportPool } from '../../electron/transport/pool/transportPool.ts';
import type { TransportFactory } from '../../electron/transport/transport.ts';
import { datasetNameSchema, datasetSchema, setNameSchema } from '../../shared/dataset.ts';
import { type ExportSettings, exportSettingsSchema } from '../../shared/exportsSettings.ts';

export const users = datasetNameSchema.parse('users');
export const standard = setNameSchema.parse('default');

/** People who signed up: told apart by their e-mail. */
const usersDataset = datasetSchema.parse({
  formatVersion: 1,
  name: 'users',
  columns: [
    { name: 'email', type: 'text', required: true },
    { name: 'name', type: 'text' },
    { name: 'born', type: 'date' },
    { name: 'balance', type: 'decimal' },
    { name: 'active', type: 'boolean' },
  ],
  key: ['email'],
});

/** Enquiries: nothing tells one from another. */
export const enquiriesDataset = datasetSchema.parse({
  formatVersion: 1,
  name: 'enquiries',
  columns: [{ name: 'question', type: 'text' }],
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-exports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function exportOf(given: object = {}): ExportSettings {
  return exportSettingsSchema.parse({ name: 'users', dataset: 'users', folder: 'exports/users', ...given });
}

export interface ExportWorld {
  readonly folder: string;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly clock: Clock;
  run(factory: TransportFactory, settings?: ExportSettings, more?: RunMore): Promise<ExportOutcome>;
  addUser(values: Readonly<Record<string, string>>): void;
}

export interface RunMore {
  readonly complete?: boolean;
  readonly signal?: AbortSignal;
  /** In place of the real ledger, to break at some commit. */
  readonly ledger?: Ledger;
  readonly runId?: string;
}

let runs = 0;

/** A ledger and datasets on the disk, for exports of the code above them. */
export function exportWorld(clock: Clock): ExportWorld {
  const folder = temporaryFolder();
  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock });
  const records = openRecords({ path: join(folder, 'records.db'), clock, random: systemRandom });
  records.addDataset(usersDataset);
  records.addDataset(enquiriesDataset);
  onTestFinished(() => {
    records.close();
    ledger.close();
  });
  return {
    folder,
    ledger,
    records,
    clock,
    async run(factory, settings = exportOf(), more = {}) {
      runs += 1;
      const runId = more.runId ?? `run-${runs}`;
      const pool = createTransportPool(factory, { limit: 1, clock });
      try {
        return await runExport({
          runId,
          settings,
          records,
          pool,
          clock,
          signal: more.signal,
          memory: exportMemory(more.ledger ?? ledger, settings.name, runId, () => clock.now()),
          localPath: join(folder, 'exports', `${settings.name}.csv`),
          complete: more.complete === true,
          onProgress: () => undefined,
        });
      } finally {
        await pool.close();
      }
    },
    addUser(values) {
      const issues = records.add(users, standard, values);
      if (issues.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(issues));
    },
  };
}
