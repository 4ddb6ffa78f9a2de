import type { Transport } from '../transport/transport.ts';
import { timeOfFileName } from './exportFileName.ts';

const dayMs = 86_400_000;

export interface PruneRequest {
  readonly folder: string;
  /** 0: nothing is removed. */
  readonly keepDays: number;
  readonly nowMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Removes files of an export that are kept long enough, by the time in their names.
 *
 * Promise: only files whose names are made as ours are; everything else in the folder is left alone.
 */
export async function pruneExports(transport: Transport, request: PruneRequest): Promise<string[]> {
  const { folder, keepDays, nowMs, signal } = request;
  if (keepDays === 0) return [];
  const removed: string[] = [];
  for (const { name, kind } of await transport.list(folder, { signal })) {
    const madeMs = kind === 'file' ? timeOfFileName(name) : undefined;
    if (madeMs === undefined || madeMs >= nowMs - keepDays * dayMs) continue;
    if (await transport.remove(`${folder}/${name}`, { signal })) removed.push(name);
  }
  return removed;
}
