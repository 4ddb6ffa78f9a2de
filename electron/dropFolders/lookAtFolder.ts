import type { DropLookRow } from '../ledger/ledger.ts';
import type { RemoteEntry } from '../transport/transport.ts';
import type { DropFolder, DropFolderRun } from './dropFolder.ts';

/** Most empty files are uploads that have just begun; one that stays empty is taken as well, in the end. */
const emptySettleMs = 60_000;

export interface Look {
  /** Unchanged for long enough, the oldest first. */
  readonly settled: readonly DropLookRow[];
  /** Seen, and left for later. */
  readonly growing: number;
  /** Some of those could be settled after one more settle time. */
  readonly worthWaiting: boolean;
}

/** How long a file of this size must not have changed. */
export function settleMsOf(run: DropFolderRun, sizeBytes: number): number {
  const settleMs = run.settleSeconds * 1000;
  return sizeBytes === 0 && settleMs > 0 ? Math.max(settleMs, emptySettleMs) : settleMs;
}

/**
 * Lists a drop folder and remembers what it saw, so that the next look (in this run or another one) can tell what
 * has changed.
 */
export async function lookAtFolder(folder: DropFolder, run: DropFolderRun): Promise<Look> {
  const entries = await run.pool.use((transport) => transport.list(folder.path, run), run.signal);
  const now = run.clock.now();
  const files = entries.filter((entry) => entry.kind === 'file' && folder.takes(entry.name));
  const seen = rememberLooks(run, folder.path, files, now);
  const isSettled = (look: DropLookRow) => now - look.unchangedSinceMs >= settleMsOf(run, look.sizeBytes);
  const growing = seen.filter((look) => !isSettled(look));
  return {
    settled: seen
      .filter(isSettled)
      .sort((one, other) => (one.modifiedMs ?? now) - (other.modifiedMs ?? now) || compare(one, other)),
    growing: growing.length,
    worthWaiting: growing.some((look) => look.sizeBytes > 0),
  };
}

/** Brings what is remembered of a folder up to date, and answers with it. */
export function rememberLooks(
  run: DropFolderRun,
  folder: string,
  entries: readonly RemoteEntry[],
  now: number,
): DropLookRow[] {
  const before = new Map(
    run.ledger.read((tables) => tables.dropFolders.looks(folder)).map((look) => [look.name, look]),
  );
  const seen = entries.map((entry) => decideLook(folder, before.get(entry.name), entry, now));
  const names = new Set(seen.map((look) => look.name));
  const gone = [...before.keys()].filter((name) => !names.has(name));
  const changed = seen.filter(
    (look) => before.get(look.name)?.unchangedSinceMs !== look.unchangedSinceMs || !before.has(look.name),
  );
  if (gone.length + changed.length > 0) {
    run.ledger.commit('drop-look', ({ dropFolders }) => {
      for (const name of gone) dropFolders.removeLook(folder, name);
      for (const look of changed) dropFolders.putLook(look);
    });
  }
  return seen;
}

function decideLook(
  folder: string,
  before: DropLookRow | undefined,
  entry: RemoteEntry,
  now: number,
): DropLookRow {
  // Where a listing has no size, the claim asks for it.
  const { name, modifiedMs, sizeBytes = before?.sizeBytes ?? 0 } = entry;
  const same =
    before !== undefined &&
    before.sizeBytes === sizeBytes &&
    before.modifiedMs === modifiedMs &&
    // A moment in the future: the clock was set back, and the note cannot be relied on.
    before.unchangedSinceMs <= now;
  return { folder, name, sizeBytes, modifiedMs, unchangedSinceMs: same ? before.unchangedSinceMs : now };
}

function compare(one: DropLookRow, other: DropLookRow): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
