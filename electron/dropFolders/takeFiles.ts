import { ExchangeError, throwIfCancelled } from '../../shared/errors.ts';
import type { DropClaimRow, DropLookRow } from '../ledger/ledger.ts';
import { claimFile } from './claimFile.ts';
import { claimsFolderOf } from './claimName.ts';
import type { DropFolder, DropFolderRun, TakeFiles, TakeResult } from './dropFolder.ts';
import { sweepInbox } from './fetchClaim.ts';
import { lookAtFolder } from './lookAtFolder.ts';
import { type ClaimEnd, type Handle, takeClaim } from './takeClaim.ts';
import { takeOverClaims } from './takeOverClaims.ts';

/** A run waits so long for files to settle; where it takes longer, the next run takes them. */
const longestWaitSeconds = 15;

export const takeFiles: TakeFiles = async (folder, run, handle) => {
  await sweepInbox(run);
  await run.pool.use((transport) => transport.makeFolder(claimsFolderOf(folder.path), run), run.signal);
  await takeOverClaims(folder, run);
  const taking = new Taking(folder, run, handle);
  const again = await taking.pass();
  if (again && run.settleSeconds > 0 && run.settleSeconds <= longestWaitSeconds) {
    await run.clock.sleep(run.settleSeconds * 1000, run.signal);
    await taking.pass();
  }
  return taking.result();
};

class Taking {
  readonly #folder: DropFolder;
  readonly #run: DropFolderRun;
  readonly #handle: Handle;
  /** Names whose handling failed: not tried twice in one run. */
  readonly #failed = new Set<string>();
  #taken = 0;
  #growing = 0;

  constructor(folder: DropFolder, run: DropFolderRun, handle: Handle) {
    this.#folder = folder;
    this.#run = run;
    this.#handle = handle;
  }

  result(): TakeResult {
    return { taken: this.#taken, growing: this.#growing, failed: this.#failed.size };
  }

  /** Takes what is claimed, then what is settled. True when another look might find more. */
  async pass(): Promise<boolean> {
    const { path } = this.#folder;
    const run = this.#run;
    this.#growing = 0;
    let growingClaims = 0;
    for (const claim of run.ledger.read((tables) => tables.dropFolders.claims(path))) {
      if ((await this.#take(claim)) === 'growing') growingClaims += 1;
    }
    const look = await lookAtFolder(this.#folder, run);
    this.#growing += look.growing;
    for (const seen of look.settled) await this.#claimAndTake(seen);
    return look.worthWaiting || growingClaims > 0;
  }

  async #claimAndTake(look: DropLookRow): Promise<void> {
    const run = this.#run;
    if (this.#failed.has(look.name)) return;
    throwIfCancelled(run.signal);
    try {
      const claim = await run.pool.use(
        (transport) => claimFile(transport, run, { folder: this.#folder.path, look, name: look.name }),
        run.signal,
      );
      if (claim === 'growing') this.#growing += 1;
      else if (claim !== undefined) await this.#take(claim);
    } catch (error) {
      this.#noteFailure(look.name, error);
    }
  }

  async #take(claim: DropClaimRow): Promise<ClaimEnd> {
    const run = this.#run;
    const key = `${claim.claim} ${claim.name}`;
    if (this.#failed.has(key)) return 'failed';
    throwIfCancelled(run.signal);
    try {
      const end = await takeClaim(run, claim, this.#handle);
      if (end === 'taken') this.#taken += 1;
      if (end === 'growing') this.#growing += 1;
      if (end === 'failed') this.#failed.add(key);
      return end;
    } catch (error) {
      this.#noteFailure(claim.name, error, key);
      return 'failed';
    }
  }

  /** Trouble with one file does not keep the others waiting; trouble with the connection or the disk ends the run. */
  #noteFailure(name: string, error: unknown, key = name): void {
    if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
    this.#failed.add(key);
    this.#run.note('warning', `${this.#folder.path}/${name} was not taken: ${error.message}`);
  }
}
