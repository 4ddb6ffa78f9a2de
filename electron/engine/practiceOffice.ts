import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { ExchangeError } from '../../shared/errors.ts';
import type { Engine } from './engine.ts';
import { createEngineSwitch } from './engineSwitch.ts';
import type { EngineOptions } from './openEngine.ts';
import {
  newPracticeAccount,
  practiceFolder,
  readPracticeAccount,
  writePracticeAccount,
} from './practiceAccount.ts';
import { openPracticeSites, type PracticeSites } from './practiceSites.ts';

/**
 * A practice office on this machine: an FTP site on loopback, a central site and two stores, all in one folder of
 * the data directory, which stays as it is.
 *
 * Promise: while there is a practice office, its central site answers instead of the data directory's own; once it
 *          is removed, nothing of it is left. It is there again after a restart. No keychain is touched.
 */
export interface PracticeOffice {
  /** The data directory's engine, or the practice central site's. Always the same object. */
  readonly engine: Engine;
  /** True while there is a practice office. */
  active(): boolean;
  /** Does nothing when there is one. Errors: `already-configured` (fix) where the data directory has a site. */
  start(): Promise<void>;
  /** New files for everybody, and the stores transmit. Errors: `no-practice` (fix); those of a transmission. */
  play(): Promise<void>;
  /** Cancels what its sites do first. Does nothing when there is none. */
  remove(): Promise<void>;
  /** Closes it, and the data directory's engine. A practice office is there again next time. */
  close(): Promise<void>;
}

interface Running {
  readonly sites: PracticeSites;
  readonly central: Engine;
  readonly ending: AbortController;
}

/** Opens the practice office of a data directory, if there is one. The engine belongs to it from now on. */
export async function openPracticeOffice(
  own: Engine,
  parts: Pick<EngineOptions, 'clock' | 'random'>,
): Promise<PracticeOffice> {
  const { dataDir } = own;
  const folder = practiceFolder(dataDir);
  const engines = createEngineSwitch(own);
  let running: Running | undefined;
  let last: Promise<void> = Promise.resolve();

  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  const sweep = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });

  const open = async (account: ReturnType<typeof newPracticeAccount>): Promise<Running> => {
    const ending = new AbortController();
    const sites = await openPracticeSites({ ...parts, folder, account, ending });
    return { sites, central: cancelledWith(sites.central.engine, ending.signal), ending };
  };
  const serve = (practice: Running): void => {
    running = practice;
    engines.serve(practice.central);
  };
  const end = async (): Promise<void> => {
    if (running === undefined) return;
    const { sites, central, ending } = running;
    running = undefined;
    engines.serve(own);
    ending.abort();
    await engines.answered(central);
    await sites.close();
  };

  const kept = readPracticeAccount(dataDir);
  // What cannot be opened again is practice only: it must not keep the real program from starting.
  if (kept !== undefined) await open(kept).then(serve, () => undefined);
  if (running === undefined) await sweep();

  return {
    engine: engines.engine,
    active: () => running !== undefined,
    start: () =>
      inTurn(async () => {
        if (running !== undefined) return;
        if (own.settings() !== undefined) throw alreadySetUp();
        await sweep();
        try {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          const account = newPracticeAccount(parts.random);
          const practice = await open(account);
          try {
            await practice.sites.begin();
            writePracticeAccount(dataDir, account);
          } catch (error) {
            await practice.sites.close();
            throw error;
          }
          serve(practice);
        } catch (error) {
          await sweep();
          throw error;
        }
      }),
    play: () =>
      inTurn(async () => {
        if (running === undefined) throw noPractice();
        await running.sites.play();
      }),
    remove() {
      // A store that transmits right now is not waited for.
      running?.ending.abort();
      return inTurn(async () => {
        await end();
        await sweep();
      });
    },
    async close() {
      running?.ending.abort();
      await inTurn(end);
      await own.close();
    },
  };
}

function cancelledWith(engine: Engine, ending: AbortSignal): Engine {
  return {
    ...engine,
    transmit: (options) =>
      engine.transmit({
        ...options,
        signal: AbortSignal.any([ending, ...(options.signal ? [options.signal] : [])]),
      }),
  };
}

function alreadySetUp(): ExchangeError {
  return new ExchangeError({
    code: 'already-configured',
    class: 'fix',
    message: 'This site is set up for real work already.',
    advice: 'To practise, use another data directory: branchline serve --data-dir …',
  });
}

function noPractice(): ExchangeError {
  return new ExchangeError({
    code: 'no-practice',
    class: 'fix',
    message: 'There is no practice office here.',
    advice: 'Set one up first: "Try it with a practice site" on the first screen.',
  });
}
