import { ExchangeError } from '../../shared/errors.ts';
import { claimFile } from './claimFile.ts';
import { claimsFolderOf, parseClaimedName } from './claimName.ts';
import type { DropFolder, DropFolderRun } from './dropFolder.ts';
import { rememberLooks } from './lookAtFolder.ts';

/**
 * A claim that this ledger does not know belongs to a program that is at work on it now, or to one whose ledger is
 * lost. After an hour without a change it counts as left behind.
 */
const leftBehindMs = 60 * 60 * 1000;

/**
 * Takes over claims that nobody finishes (a lost disk, a file put there by hand), by a rename as for any other
 * file: of several programs one gets it.
 *
 * Errors: the transport's.
 */
export async function takeOverClaims(folder: DropFolder, run: DropFolderRun): Promise<void> {
  const claimsFolder = claimsFolderOf(folder.path);
  await run.pool.use(async (transport) => {
    const known = new Set(
      run.ledger.read((tables) => tables.dropFolders.claims(folder.path)).map((row) => row.claim),
    );
    const strangers = (await transport.list(claimsFolder, run)).filter(
      (entry) => entry.kind === 'file' && !known.has(parseClaimedName(entry.name)?.claim ?? ''),
    );
    const now = run.clock.now();
    for (const look of rememberLooks(run, claimsFolder, strangers, now)) {
      if (now - look.unchangedSinceMs < leftBehindMs) continue;
      const name = parseClaimedName(look.name)?.name ?? look.name;
      const claim = await claimFile(transport, run, { folder: folder.path, look, name }).catch(
        (error: unknown) => {
          if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
          run.note('warning', `${claimsFolder}/${look.name} was not taken up: ${error.message}`);
          return undefined;
        },
      );
      if (typeof claim === 'object')
        run.note('info', `${folder.path}/${name} was claimed by a run that never finished; it is taken up.`);
    }
  }, run.signal);
}
