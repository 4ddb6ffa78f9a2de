import { largestListingBytes } from '../listingLimits.ts';
import type { RemoteEntry } from '../transport.ts';
import { isUnknownCommand } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { chooseBinary, chooseUtf8 } from './ftpSessionCommands.ts';
import { inFolder } from './inFolder.ts';
import { LocalFailure } from './localFailure.ts';
import { badListing, parseListing } from './parseListing.ts';
import { pathArgument } from './pathArgument.ts';
import { receiveStream } from './receiveStream.ts';
import { TransferRefused, transferData } from './transferData.ts';

/**
 * A folder's entries: MLSD where the server has it, else LIST.
 *
 * Promise: what the server sends is complete; Pure-FTPd sends 10,000 entries at most, and the others once these
 *          are gone.
 * Errors: not-found (fix) where the server tells, bad-reply beyond the bounds.
 */
export async function listFolder(session: FtpSession, folder: string): Promise<RemoteEntry[]> {
  await chooseBinary(session);
  await chooseUtf8(session);
  if (session.knowledge.listsExactly ?? session.features.exactListings) {
    try {
      const entries = await readListing(session, 'MLSD', folder);
      session.knowledge.listsExactly = true;
      return entries;
    } catch (error) {
      if (!(error instanceof TransferRefused)) throw error;
      if (!isUnknownCommand(error.reply)) throw error.error;
      session.knowledge.listsExactly = false;
    }
  }
  try {
    // Servers take a LIST argument for a pattern, or for options: such a folder is entered instead.
    if (/[[\]*?{}~\s]|^-/.test(folder))
      return await inFolder(session, folder, () => readListing(session, 'LIST', ''));
    return await readListing(session, 'LIST', folder);
  } catch (error) {
    if (!(error instanceof TransferRefused)) throw error;
    // "No files found": what some servers say of an empty folder.
    if (error.reply.code === 450) return [];
    throw error.error;
  }
}

async function readListing(
  session: FtpSession,
  form: 'MLSD' | 'LIST',
  folder: string,
): Promise<RemoteEntry[]> {
  const chunks: Buffer[] = [];
  let length = 0;
  await transferData(session, {
    command: folder === '' ? form : `${form} ${pathArgument(folder)}`,
    what: `listing ${folder === '' ? 'the home directory' : folder}`,
    move: (socket, watch) =>
      receiveStream(socket, watch, (chunk) => {
        length += chunk.length;
        if (length > largestListingBytes)
          throw new LocalFailure(badListing('it is longer than any folder could be'));
        chunks.push(chunk);
      }),
  });
  return parseListing(Buffer.concat(chunks), form, session.clock.now());
}
