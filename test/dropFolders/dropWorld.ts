import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DropFolder, Settlement, TakenFile, TakeResult } from '../../electron/dropFolders/dropFolder.ts';
import { takeFiles } from '../../electron/dropFolders/takeFiles.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { createTransportPool } from '../../electron/transport/pool/transportPool.ts';
import type { TransportFactory } from '../../electron/transport/transport.ts';

export const folder: DropFolder = { path: 'customerfiles/account_number', takes: () => true };

export interface Taken extends TakenFile {
  readonly content: string;
}

export interface TakeOptions {
  readonly settleSeconds?: number;
  readonly factory?: TransportFactory;
  readonly ledger?: Ledger;
  readonly folder?: DropFolder;
  readonly signal?: AbortSignal;
  readonly handle?: (file: Taken) => Promise<Settlement> | Settlement;
}

/** One site's drop folder, with its own ledger and inbox; each `take` is a run of its own. */
export class DropSite {
  readonly taken: Taken[] = [];
  readonly notes: string[] = [];
  readonly root = mkdtempSync(join(tmpdir(), 'branchline-drop-'));
  readonly ledger: Ledger;
  readonly #clock: Clock;
  readonly #factory: TransportFactory;

  constructor(factory: TransportFactory, clock: Clock) {
    this.#factory = factory;
    this.#clock = clock;
    mkdirSync(this.inbox);
    this.ledger = openLedger({ path: join(this.root, 'ledger.db'), clock });
    onTestFinished(() => {
      this.ledger.close();
      rmSync(this.root, { recursive: true, force: true });
    });
  }

  get inbox(): string {
    return join(this.root, 'inbox');
  }

  get names(): string[] {
    return this.taken.map((file) => file.name);
  }

  async take(options: TakeOptions = {}): Promise<TakeResult> {
    const clock = this.#clock;
    const pool = createTransportPool(options.factory ?? this.#factory, { limit: 2, clock });
    const { handle = () => ({ do: 'remove' }) } = options;
    try {
      return await takeFiles(
        options.folder ?? folder,
        {
          pool,
          clock,
          ledger: options.ledger ?? this.ledger,
          random: systemRandom,
          signal: options.signal,
          inbox: this.inbox,
          settleSeconds: options.settleSeconds ?? 2,
          note: (_level, text) => this.notes.push(text),
        },
        async (file) => {
          const bytes = readFileSync(file.localPath);
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          if (sha256 !== file.sha256 || bytes.length !== file.sizeBytes) throw new Error('Not as told.');
          const taken = { ...file, content: bytes.toString() };
          const settlement = await handle(taken);
          this.taken.push(taken);
          return settlement;
        },
      );
    } finally {
      await pool.close();
    }
  }
}
