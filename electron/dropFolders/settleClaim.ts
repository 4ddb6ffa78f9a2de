import { rm } from 'node:fs/promises';
import { ExchangeError } from '../../shared/errors.ts';
import type { DropClaimRow, DropSettlement } from '../ledger/ledger.ts';
import type { Transport } from '../transport/transport.ts';
import { claimedPath, claimIdOf } from './claimFile.ts';
import { withSuffix } from './claimName.ts';
import type { DropFolderRun, Settlement } from './dropFolder.ts';
import { localPathOf } from './fetchClaim.ts';

const mostSuffixes = 10_000;

/** Records what is to become of a file whose effect is durable: from here on it is not handled again. */
export async function recordSettlement(
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
  settlement: Settlement,
): Promise<DropClaimRow> {
  const chosen: DropSettlement =
    settlement.do === 'remove'
      ? settlement
      : { ...settlement, as: await freeName(transport, run, settlement.to, claim.name) };
  const row = { ...claim, settlement: chosen };
  run.ledger.commit('drop-handled', ({ dropFolders }) => dropFolders.putClaim(row));
  return row;
}

/**
 * Removes or moves a handled file on the server, and forgets its claim.
 *
 * Shape:   false when the file has grown since it was downloaded: it was not finished, stays claimed, and is
 *          handled again under a new claim id once it is.
 * Promise: repeating it after a kill at any moment ends the same way.
 * Errors:  the transport's.
 */
export async function settleClaim(
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
  settlement: DropSettlement,
): Promise<boolean> {
  const sizeBytes = await transport.fileSize(claimedPath(claim), run);
  if (settlement.do === 'move') {
    const as = sizeBytes === undefined ? settlement.as : await moveClaim(transport, run, claim, settlement);
    run.onMoved?.(claimIdOf(claim), `${settlement.to}/${as}`);
  } else if (sizeBytes !== undefined) {
    if (sizeBytes !== claim.sizeBytes) {
      reopenClaim(run, claim, sizeBytes);
      return false;
    }
    await transport.remove(claimedPath(claim), run);
  }
  await rm(localPathOf(run, claim), { force: true });
  run.ledger.commit('drop-settled', ({ dropFolders }) => dropFolders.removeClaim(claim.claim));
  return true;
}

function reopenClaim(run: DropFolderRun, claim: DropClaimRow, sizeBytes: number): void {
  const row = {
    ...claim,
    sizeBytes,
    unchangedSinceMs: run.clock.now(),
    round: claim.round + 1,
    settlement: undefined,
  };
  run.ledger.commit('drop-grew-late', ({ dropFolders }) => dropFolders.putClaim(row));
}

async function moveClaim(
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
  first: Extract<DropSettlement, { do: 'move' }>,
): Promise<string> {
  let { as } = first;
  for (;;) {
    // Some servers replace an existing file on rename: somebody else's must not go.
    if ((await transport.fileSize(`${first.to}/${as}`, run)) === undefined) {
      try {
        await transport.rename(claimedPath(claim), `${first.to}/${as}`, run);
        return as;
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error;
        // After a lost reply, a second try finds it moved.
        if (error.code === 'not-found') return as;
        if (error.code !== 'exists') throw error;
      }
    }
    as = await freeName(transport, run, first.to, claim.name);
    const row = { ...claim, settlement: { ...first, as } };
    run.ledger.commit('drop-renamed', ({ dropFolders }) => dropFolders.putClaim(row));
  }
}

/** A name that nothing in the folder has, case not counted. Makes the folder where it is missing. */
async function freeName(
  transport: Transport,
  run: DropFolderRun,
  folder: string,
  name: string,
): Promise<string> {
  await transport.makeFolder(folder, run);
  const taken = new Set((await transport.list(folder, run)).map((entry) => comparable(entry.name)));
  for (let number = 1; number <= mostSuffixes; number += 1) {
    const candidate = number === 1 ? name : withSuffix(name, number);
    if (!taken.has(comparable(candidate))) return candidate;
  }
  throw new ExchangeError({
    code: 'exists',
    class: 'fix',
    message: `There are more than ${mostSuffixes} files called ${JSON.stringify(name)} in ${folder}.`,
    advice: 'Take some of them away.',
  });
}

function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
