import type { NumberRange } from '../../../shared/receipt.ts';

export interface StreamFile {
  readonly sequence: number;
  readonly fileName: string;
}

export interface StreamPlan<F extends StreamFile> {
  /** To be fetched now, in this order. */
  readonly wanted: readonly F[];
  /** Beyond a gap: these wait on the server. */
  readonly waiting: readonly F[];
  readonly missing: readonly NumberRange[];
}

/**
 * Decides which packets of one sender are next. A pure rule.
 *
 * `appliedThrough`: every number up to this one is answered. A file with a smaller number that was never seen
 * is fetched all the same: its sender may have begun a new stream, or it fills a number a second time; its
 * header will tell.
 */
export function planStream<F extends StreamFile>(files: readonly F[], appliedThrough: number): StreamPlan<F> {
  const sorted = [...files].sort((a, b) => a.sequence - b.sequence || (a.fileName < b.fileName ? -1 : 1));
  const wanted: F[] = [];
  const waiting: F[] = [];
  const missing: NumberRange[] = [];
  let next = appliedThrough + 1;
  let seen = appliedThrough;
  for (const file of sorted) {
    if (file.sequence <= next) {
      wanted.push(file);
      next = Math.max(next, file.sequence + 1);
    } else {
      if (file.sequence > Math.max(seen, next - 1) + 1) {
        missing.push({ from: Math.max(seen, next - 1) + 1, through: file.sequence - 1 });
      }
      waiting.push(file);
    }
    seen = Math.max(seen, file.sequence);
  }
  return { wanted, waiting, missing };
}
