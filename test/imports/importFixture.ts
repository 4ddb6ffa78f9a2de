import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ledgerRuns } from '../../electron/engine/areas/imports/ledgerRuns.ts';
import type { ImportParts } from '../../electron/imports/importRequest.ts';
import { runImport } from '../../electron/imports/runImport.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom, uuidV7 } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import type { Records } from '../../electron/records/records.ts';
import { setNameSchema } from '../../shared/dataset.ts';
import type { ImportProgress, ImportReport } from '../../shared/importReport.ts';
import { type ImportChannel, importChannelSchema } from '../../shared/importsSettings.ts';
import { header, rates } from './readSample.ts';

export const standard = setNameSchema.parse('default');

export function channel(part: object = {}): ImportChannel {
  return importChannelSchema.parse({
    name: 'rates',
    dataset: 'rates',
    from: { folder: 'ratebooks' },
    ...part,
  });
}

/** A file with so many rows, of which some have an error. */
export function book(rows: number, { bad = 0, rate = '1.50' }: { bad?: number; rate?: string } = {}): string {
  const good = Array.from({ length: rows - bad }, (_, index) => `V${index},24,${rate},2026-01-31,`);
  const wrong = Array.from({ length: bad }, (_, index) => `W${index},24,x,2026-01-31,=cmd|' /C calc'!A0`);
  return `${header}\n${[...good, ...wrong].join('\n')}\n`;
}

export interface Importing {
  readonly folder: string;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly parts: ImportParts;
  readonly told: {
    readonly what: 'start' | 'end';
    readonly report: ImportReport;
    readonly rejected: string;
  }[];
  /** Imports this text, or these bytes. */
  run(
    content: string | Buffer,
    more?: {
      readonly channel?: ImportChannel;
      readonly mode?: 'real' | 'test' | 'preview';
      readonly name?: string;
      readonly sourceKey?: string;
      readonly signal?: AbortSignal;
      readonly onProgress?: (progress: ImportProgress) => void;
    },
  ): Promise<ImportReport>;
  /** The published rows, as texts; undefined where nothing is published. */
  published(): string[] | undefined;
}

/** Real records and a real ledger in a folder that goes with the test. */
export function openImporting(): Importing {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-importing-'));
  const records = openRecords({ path: join(folder, 'records.db'), clock: systemClock, random: systemRandom });
  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock: systemClock });
  onTestFinished(() => {
    records.close();
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  });
  records.addDataset(rates);
  const told: { what: 'start' | 'end'; report: ImportReport; rejected: string }[] = [];
  const parts: ImportParts = {
    records: () => records,
    runs: ledgerRuns(ledger),
    clock: systemClock,
    random: systemRandom,
    folder: join(folder, 'imports'),
    tell: {
      start: (_channel, report) => told.push({ what: 'start', report, rejected: '' }),
      end: (_channel, report, path) =>
        told.push({ what: 'end', report, rejected: path === undefined ? '' : readFileSync(path, 'utf8') }),
    },
  };
  let files = 0;
  return {
    folder,
    records,
    ledger,
    parts,
    told,
    async run(content, more = {}) {
      files += 1;
      const path = join(folder, `file-${files}`);
      writeFileSync(path, content);
      return await runImport(parts, {
        runId: uuidV7(systemRandom, systemClock),
        channel: more.channel ?? channel(),
        set: standard,
        mode: more.mode ?? 'real',
        path,
        name: more.name ?? 'rates.csv',
        origin: 'test',
        sourceKey: more.sourceKey ?? path,
        signal: more.signal ?? new AbortController().signal,
        onProgress: more.onProgress ?? (() => undefined),
      });
    },
    published() {
      const { published } = records.sets(rates.name).find(({ set }) => set === standard) ?? {};
      if (published === undefined) return undefined;
      return [...records.each({ dataset: rates.name, set: standard })].map(({ values }) =>
        Object.values(values)
          .map((value) => value ?? '')
          .join(','),
      );
    },
  };
}
