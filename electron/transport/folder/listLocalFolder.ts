import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import type { RemoteEntry } from '../transport.ts';
import { failedWith } from './folderError.ts';

const mostEntries = 100_000;
const longestName = 1000;
/** Looked at together: over a network share each look costs a round trip. */
const atOnce = 16;

/**
 * The files and folders in a local folder. Links, devices and names that no remote path can have are left
 * out, and so is what vanishes in the meantime.
 *
 * Errors: Node's own file errors; bad-reply (retry) beyond 100,000 entries.
 */
export async function listLocalFolder(folder: string, check: () => void): Promise<RemoteEntry[]> {
  const names: string[] = [];
  for await (const { name } of await opendir(folder)) {
    if (names.length >= mostEntries) throw tooManyEntries();
    if (name.length <= longestName && !/[\p{Cc}\\/]/u.test(name)) names.push(name);
  }
  const entries: RemoteEntry[] = [];
  for (let at = 0; at < names.length; at += atOnce) {
    check();
    const found = await Promise.all(names.slice(at, at + atOnce).map((name) => look(folder, name)));
    for (const entry of found) if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function look(folder: string, name: string): Promise<RemoteEntry | undefined> {
  try {
    const facts = await lstat(join(folder, name));
    if (facts.isDirectory()) return { name, kind: 'folder', sizeBytes: undefined, modifiedMs: undefined };
    if (!facts.isFile()) return undefined;
    return { name, kind: 'file', sizeBytes: facts.size, modifiedMs: Math.floor(facts.mtimeMs) };
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function tooManyEntries(): ExchangeError {
  return new ExchangeError({
    code: 'bad-reply',
    class: 'retry',
    message: `The folder has more than ${mostEntries} entries.`,
    advice: 'Remove files that do not belong there.',
  });
}
