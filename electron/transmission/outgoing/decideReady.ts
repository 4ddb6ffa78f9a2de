import type { SeenFileRow } from '../../ledger/ledger.ts';
import { sameStamp } from '../../packet/fileStamp.ts';
import type { OutgoingFile } from './scanOutgoing.ts';

export interface ReadyDecision {
  /** Unchanged for long enough: may be packed. */
  readonly ready: readonly OutgoingFile[];
  /** Seen too recently, or still changing. */
  readonly waiting: readonly OutgoingFile[];
  /** When the last of the waiting will be ready if they do not change, epoch milliseconds. */
  readonly readyAtMs: number;
  /** What to remember of this look. */
  readonly remember: readonly SeenFileRow[];
  readonly forget: readonly string[];
}

/**
 * Decides which files are finished: size, time and inode the same over at least `settleMs` between two looks.
 * A pure rule: looks go in, decisions come out.
 */
export function decideReady(
  files: readonly OutgoingFile[],
  seen: readonly SeenFileRow[],
  nowMs: number,
  settleMs: number,
): ReadyDecision {
  const before = new Map(seen.map((row) => [row.path, row]));
  const ready: OutgoingFile[] = [];
  const waiting: OutgoingFile[] = [];
  const remember: SeenFileRow[] = [];
  let readyAtMs = nowMs;
  for (const file of files) {
    const known = before.get(file.absolutePath);
    before.delete(file.absolutePath);
    const same = known !== undefined && sameStamp(known, file.stamp);
    if (same && known.packed) continue;
    // A clock that was set back must not make a file wait for the old time to come again.
    const since = same && known.unchangedSinceMs <= nowMs ? known.unchangedSinceMs : nowMs;
    if (!same || since !== known.unchangedSinceMs) {
      remember.push({ path: file.absolutePath, ...file.stamp, unchangedSinceMs: since, packed: false });
    }
    if (nowMs - since >= settleMs) {
      ready.push(file);
    } else {
      waiting.push(file);
      readyAtMs = Math.max(readyAtMs, since + settleMs);
    }
  }
  return { ready, waiting, readyAtMs, remember, forget: [...before.keys()] };
}
