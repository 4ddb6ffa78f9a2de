import { ExchangeError } from '../../../shared/errors.ts';
import { tmpFolder } from '../../../shared/remoteNames.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Random, randomShortId } from '../../platform/random.ts';
import type { RemoteEntry, Transport } from '../transport.ts';

const hourMs = 60 * 60 * 1000;
/** `self-check-<random>-<epoch seconds>`, and for a file `-<word>`. */
const pattern = /^self-check-[a-z0-9]{8}-(\d{9,12})(?:-[a-z]+)?$/;

/** Something that this check made, or was about to make. */
interface Made {
  readonly kind: 'file' | 'folder';
  readonly path: string;
}

/**
 * The names that one self-check uses, and their removal.
 *
 * Promise: every name is noted before it is used, so that an interrupted check knows what to remove. Names
 *          carry the time, because servers do not tell the age of a folder.
 */
export class SelfCheckWorkspace {
  /** Where its names are: `tmp`, or '' for the home directory itself. */
  readonly place: string;
  readonly folder: string;
  readonly #made: Made[] = [];

  constructor(clock: Clock, random: Random, place: string = tmpFolder) {
    const seconds = Math.floor(clock.now() / 1000);
    this.place = place;
    this.folder = within(place, `self-check-${randomShortId(random)}-${seconds}`);
  }

  /** A file beside the check's folder: in tmp/ itself, as uploads are, or wherever the place is. */
  fileInTmp(word: string): string {
    return this.#note('file', `${this.folder}-${word}`);
  }

  fileInFolder(word: string): string {
    return this.#note('file', `${this.folder}/${word}`);
  }

  /** Notes the check's folder as made; and tmp/ itself, when it was not there before. */
  noteFolders(madeTmp: boolean): void {
    if (madeTmp) this.#note('folder', tmpFolder);
    this.#note('folder', this.folder);
  }

  /** Removes everything that is noted, as far as it goes. Errors: left-behind (fix), naming the rest. */
  async remove(connect: () => Promise<Transport>, signal: AbortSignal): Promise<void> {
    const left: string[] = [];
    let reason = '';
    let gone: ExchangeError | undefined;
    // What was made last goes first: files before the folders that hold them.
    for (const { kind, path } of [...this.#made].reverse()) {
      try {
        // Without a server, or without time, one failure stands for all that is left.
        if (gone !== undefined) throw gone;
        const transport = await connect().catch((error: unknown) => {
          if (error instanceof ExchangeError) gone = error;
          throw error;
        });
        if (kind === 'file') await transport.remove(path, { signal });
        else await transport.removeFolder(path, { signal });
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error;
        // Another site may already work in a tmp/ that this check was the first to make.
        if (path === tmpFolder) continue;
        reason ||= error.class === 'cancelled' ? 'It took too long.' : error.message;
        left.push(path);
      }
    }
    if (left.length > 0) throw leftBehind(left, reason);
  }

  /** Removes the files alone; folders stay, and so does what cannot be removed. */
  async removeFiles(connect: () => Promise<Transport>, signal: AbortSignal): Promise<void> {
    for (const { kind, path } of this.#made) {
      if (kind === 'file') await (await connect()).remove(path, { signal });
    }
  }

  #note(kind: Made['kind'], path: string): string {
    if (!this.#made.some((made) => made.path === path)) this.#made.push({ kind, path });
    return path;
  }
}

function leftBehind(paths: readonly string[], reason: string): ExchangeError {
  return new ExchangeError({
    code: 'left-behind',
    class: 'fix',
    message: `These could not be removed: ${paths.join(', ')}. ${reason}`,
  });
}

/** Removes what interrupted checks of any site left more than an hour ago. Returns what could not be removed. */
export async function removeOldLeftovers(
  transport: Transport,
  clock: Clock,
  signal: AbortSignal,
  place: string = tmpFolder,
): Promise<{ readonly removed: number; readonly left: readonly string[] }> {
  const left: string[] = [];
  let removed = 0;
  for (const entry of await listPlace(transport, place, signal)) {
    if (!isOld(entry.name, clock.now())) continue;
    const path = within(place, entry.name);
    try {
      if (entry.kind === 'file') await transport.remove(path, { signal });
      else await removeWithFiles(transport, path, signal);
      removed += 1;
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.class === 'cancelled' || transport.closed) throw error;
      left.push(path);
    }
  }
  return { removed, left };
}

function within(place: string, name: string): string {
  return place === '' ? name : `${place}/${name}`;
}

async function listPlace(transport: Transport, place: string, signal: AbortSignal): Promise<RemoteEntry[]> {
  try {
    return await transport.list(place, { signal });
  } catch (error) {
    if (error instanceof ExchangeError && error.code === 'not-found') return [];
    throw error;
  }
}

async function removeWithFiles(transport: Transport, folder: string, signal: AbortSignal): Promise<void> {
  for (const entry of await transport.list(folder, { signal })) {
    if (entry.kind === 'file') await transport.remove(`${folder}/${entry.name}`, { signal });
  }
  await transport.removeFolder(folder, { signal });
}

function isOld(name: string, nowMs: number): boolean {
  const seconds = pattern.exec(name)?.[1];
  return seconds !== undefined && nowMs - Number(seconds) * 1000 > hourMs;
}
