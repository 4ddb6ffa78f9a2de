import { ExchangeError } from '../../shared/errors.ts';
import type { DropClaimRow } from '../ledger/ledger.ts';
import type { Transport } from '../transport/transport.ts';
import { claimedPath, claimIdOf } from './claimFile.ts';
import type { DropFolderRun, Settlement, TakenFile } from './dropFolder.ts';
import { fetchClaim, hashFile } from './fetchClaim.ts';
import { settleMsOf } from './lookAtFolder.ts';
import { recordSettlement, settleClaim } from './settleClaim.ts';

export type Handle = (file: TakenFile) => Promise<Settlement>;

/** What came of a claim; `gone`: the file is no longer there. */
export type ClaimEnd = 'taken' | 'growing' | 'gone' | 'failed';

/**
 * Brings a claimed file to its end, from wherever an earlier run left it.
 *
 * Promise: a rename does not stop an upload: the size is compared before the download, after it, and before the file
 *          is removed, and a file that still grows stays claimed.
 * Errors:  the transport's; what fails in handling is noted.
 */
export async function takeClaim(run: DropFolderRun, claim: DropClaimRow, handle: Handle): Promise<ClaimEnd> {
  const { pool, signal } = run;
  if (claim.settlement !== undefined)
    return await pool.use((transport) => settle(transport, run, claim), signal);
  const file = await pool.use((transport) => fetchFile(transport, run, claim), signal);
  if (typeof file === 'string') return file;
  let settlement: Settlement;
  try {
    // Without a connection in hand: handling may take long, and may need one itself.
    settlement = await handle(file);
  } catch (error) {
    if (error instanceof ExchangeError && error.class === 'cancelled') throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    run.note('error', `${claim.folder}/${claim.name} is tried again in the next run: ${reason}`);
    return 'failed';
  }
  return await pool.use(
    async (transport) =>
      await settle(transport, run, await recordSettlement(transport, run, claim, settlement)),
    signal,
  );
}

async function fetchFile(
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
): Promise<TakenFile | 'growing' | 'gone'> {
  const waits = await whyWait(transport, run, claim);
  if (waits !== undefined) return waits;
  run.onFile?.(claim.name, claim.sizeBytes);
  const localPath = await fetchClaim(transport, run, claim);
  const changed = await whyWait(transport, run, claim);
  if (changed !== undefined || localPath === undefined) return changed ?? 'growing';
  const { name, folder, sizeBytes, modifiedMs } = claim;
  return {
    claimId: claimIdOf(claim),
    name,
    folder,
    localPath,
    sizeBytes,
    sha256: await hashFile(localPath),
    modifiedMs,
  };
}

/** Undefined when the file is as the claim says, and has been for long enough. */
async function whyWait(
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
): Promise<'growing' | 'gone' | undefined> {
  const sizeBytes = await transport.fileSize(claimedPath(claim), run);
  if (sizeBytes === undefined) {
    // Never renamed, or taken away: if it is still there under another name, a look finds it.
    run.ledger.commit('drop-claim-gone', ({ dropFolders }) => dropFolders.removeClaim(claim.claim));
    return 'gone';
  }
  const now = run.clock.now();
  if (sizeBytes !== claim.sizeBytes || claim.unchangedSinceMs > now) {
    const row = { ...claim, sizeBytes, unchangedSinceMs: now };
    run.ledger.commit('drop-claim-grew', ({ dropFolders }) => dropFolders.putClaim(row));
    return 'growing';
  }
  return now - claim.unchangedSinceMs < settleMsOf(run, sizeBytes) ? 'growing' : undefined;
}

async function settle(transport: Transport, run: DropFolderRun, claim: DropClaimRow): Promise<ClaimEnd> {
  if (claim.settlement === undefined) throw new Error('This claim is not handled yet.');
  if (await settleClaim(transport, run, claim, claim.settlement)) return 'taken';
  run.note('warning', `${claim.folder}/${claim.name} has grown since it was taken; it is taken again.`);
  return 'growing';
}
