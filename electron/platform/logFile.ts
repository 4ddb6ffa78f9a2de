import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DestinationStream, destination } from 'pino';
import { fileErrorCode } from './fileError.ts';

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

/** The last lines of the log, at most so many bytes of it; none where there is no log. */
export function readLogTail(dataDir: string, mostBytes: number): string[] {
  let file: number;
  try {
    file = openSync(logPath(dataDir), 'r');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - mostBytes);
    const bytes = Buffer.alloc(size - from);
    const read = readSync(file, bytes, 0, bytes.length, from);
    const lines = bytes.toString('utf8', 0, read).split('\n').slice(0, -1);
    // The first one was cut.
    return from === 0 ? lines : lines.slice(1);
  } finally {
    closeSync(file);
  }
}
