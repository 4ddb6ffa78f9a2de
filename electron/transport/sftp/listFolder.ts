import { isUsableName, longestListing, longestName } from '../listingLimits.ts';
import type { RemoteEntry } from '../transport.ts';
import { readAttributes } from './attributes.ts';
import { closeHandle, openFolder } from './openHandle.ts';
import { request, told } from './request.ts';
import type { SftpSession } from './sftpSession.ts';
import { badSftpReply, SftpRefusal, sftpStatus } from './statusError.ts';

/** A large folder comes in many small answers: so many are asked for at once after the first. */
const asideOnce = 8;

interface ListedName {
  readonly filename: string;
  readonly longname: string;
  readonly attrs: unknown;
}

/**
 * A folder's files and folders; links and everything else are left out.
 *
 * Errors: not-found, forbidden (fix); bad-reply beyond the bounds.
 */
export async function listFolder(session: SftpSession, folder: string): Promise<RemoteEntry[]> {
  const what = `listing ${folder === '' ? 'the home directory' : folder}`;
  const handle = await told(what, openFolder(session, folder));
  const entries: RemoteEntry[] = [];
  try {
    let names = 0;
    for (let more = true, count = 1; more; count = asideOnce) {
      const asked = Array.from({ length: count }, () => readSome(session, handle, what));
      const answers = await Promise.allSettled(asked);
      for (const answer of answers) {
        if (answer.status === 'rejected') throw answer.reason;
        if (answer.value === undefined) more = false;
        else {
          // An empty answer (the library takes `.` and `..` away) counts too: they could go on for ever.
          names += Math.max(1, answer.value.length);
          if (names > longestListing) throw badSftpReply(what);
          entries.push(...answer.value.flatMap(toEntry));
        }
      }
    }
  } finally {
    // Whatever it answers, the listing is complete; a broken connection tells itself.
    await closeHandle(session, handle, what).catch(() => undefined);
  }
  return entries;
}

/** Some more names; undefined at the end. */
async function readSome(
  session: SftpSession,
  handle: Buffer,
  what: string,
): Promise<readonly ListedName[] | undefined> {
  try {
    return await request(session, {
      what,
      send: (answered) => session.sftp.readdir(handle, answered),
      read: readNames,
    });
  } catch (error) {
    if (error instanceof SftpRefusal && error.status === sftpStatus.endOfFile) return undefined;
    return await told(what, Promise.reject(error));
  }
}

function readNames(answer: unknown): readonly ListedName[] | undefined {
  // What the library makes of SSH_FXP_NAME, and nothing else is an array.
  return Array.isArray(answer) ? (answer as ListedName[]) : undefined;
}

function toEntry({ filename, longname, attrs }: ListedName): RemoteEntry[] {
  // The replacement character stands for bytes that are no UTF-8: such a name cannot be asked for.
  if (filename.length > longestName || filename.includes('\ufffd') || !isUsableName(filename)) return [];
  const found = readAttributes(attrs);
  const kind = found?.kind ?? kindIn(longname);
  if (found === undefined || kind === 'other') return [];
  return [
    {
      name: filename,
      kind,
      sizeBytes: kind === 'file' ? found.sizeBytes : undefined,
      modifiedMs: found.modifiedMs,
    },
  ];
}

/** Where a server sends no mode, the line for people begins as in `ls -l`. */
function kindIn(longname: string): 'file' | 'folder' | 'other' {
  if (longname.startsWith('d')) return 'folder';
  return /^[lbcps]/.test(longname) ? 'other' : 'file';
}
