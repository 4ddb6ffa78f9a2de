import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { lockDataDir } from '../ledger/dataDirLock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/openLedger.ts';
import { dataPaths } from '../platform/paths.ts';
import { createEngine, type EngineParts } from './createEngine.ts';
import type { Engine } from './engine.ts';
import { openEngineLog } from './engineLog.ts';

export interface EngineOptions extends Omit<EngineParts, 'ledger' | 'log' | 'unlock'> {
  /** Also write the log to standard error. */
  readonly verbose?: boolean;
}

/**
 * Opens the engine of a data directory.
 *
 * Errors: `busy` (busy) when another process works there; those of the ledger and the local disk.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockDataDir(dataDir);
  let ledger: Ledger | undefined;
  try {
    ledger = openLedger({ path: dataPaths(dataDir).ledger, clock: options.clock });
    // Nobody else works here: what still counts as running was killed, and people are to see that at once.
    ledger.commit('runs-interrupted', (tables) => tables.transmissions.closeInterrupted());
    const log = openEngineLog({ dataDir, clock: options.clock, verbose: options.verbose === true });
    return createEngine({ ...options, dataDir, ledger, log, unlock: () => lock.release() });
  } catch (error) {
    ledger?.close();
    lock.release();
    throw error;
  }
}
