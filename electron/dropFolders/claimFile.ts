import { ExchangeError } from '../../shared/errors.ts';
import type { DropClaimRow, DropLookRow } from '../ledger/ledger.ts';
import { randomShortId } from '../platform/random.ts';
import type { Transport } from '../transport/transport.ts';
import { claimedNameOf, claimsFolderOf } from './claimName.ts';
import type { DropFolderRun } from './dropFolder.ts';

export interface ClaimRequest {
  /** The drop folder's path. */
  readonly folder: string;
  readonly look: DropLookRow;
  /** The partner's name: not that of the look where a claim of somebody else is taken over. */
  readonly name: string;
}

/**
 * Claims a file by renaming it: of several that try, one succeeds.
 *
 * Shape:   the claim; `growing` when the file has changed since the look; undefined when it is gone (somebody else
 *          was quicker).
 * Promise: the intent is in the ledger before the rename, so that a kill leaves a claim that is known.
 * Errors:  the transport's; of class `fix` when this one file cannot be claimed, and then it is where it was.
 */
export async function claimFile(
  transport: Transport,
  run: DropFolderRun,
  { folder, look, name }: ClaimRequest,
): Promise<DropClaimRow | 'growing' | undefined> {
  const from = `${look.folder}/${look.name}`;
  const sizeBytes = await transport.fileSize(from, run);
  if (sizeBytes === undefined) return undefined;
  if (sizeBytes !== look.sizeBytes) {
    const unchangedSinceMs = run.clock.now();
    run.ledger.commit('drop-grew', ({ dropFolders }) =>
      dropFolders.putLook({ ...look, sizeBytes, unchangedSinceMs }),
    );
    return 'growing';
  }
  const claim = randomShortId(run.random, 12);
  const row: DropClaimRow = {
    claim,
    folder,
    name,
    claimedName: claimedNameOf(claim, name),
    sizeBytes,
    modifiedMs: look.modifiedMs,
    unchangedSinceMs: look.unchangedSinceMs,
    round: 0,
    settlement: undefined,
  };
  run.ledger.commit('drop-claim', ({ dropFolders }) => {
    dropFolders.putClaim(row);
    dropFolders.removeLook(look.folder, look.name);
  });
  try {
    await transport.rename(from, claimedPath(row), run);
    return row;
  } catch (error) {
    // Anything else (a lost reply, a cancelled run) leaves it open; the next run looks.
    if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
    // A second try after a lost reply finds nothing to rename: then it is ours already.
    if ((await transport.fileSize(claimedPath(row), run)) !== undefined) return row;
    run.ledger.commit('drop-not-claimed', ({ dropFolders }) => dropFolders.removeClaim(claim));
    if (error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Where a claimed file lies on the server. */
export function claimedPath(claim: DropClaimRow): string {
  return `${claimsFolderOf(claim.folder)}/${claim.claimedName}`;
}

/** The id that a file's effect is recorded under: another one for a file that was handled once and grew. */
export function claimIdOf(claim: DropClaimRow): string {
  return claim.round === 0 ? claim.claim : `${claim.claim}-${claim.round}`;
}
