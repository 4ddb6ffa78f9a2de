import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DestinationStream, destination } from 'pino';

/** A log file of this size is put aside when the program next opens it; one former file is kept. */
const largestBytes = 5_000_000;

/** Where the log of a data directory lies. */
function logPath(dataDir: string): string {
  return join(dataDir, 'logs', 'branchline.log');
}

/** Opens the log file of a data directory, readable by its owner only. */
export function openLogFile(dataDir: string): DestinationStream & { end(): void } {
  const path = logPath(dataDir);
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(path, `${path}.1`);
  return destination({ dest: path, sync: true, mode: 0o600 });
}
