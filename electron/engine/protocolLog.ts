import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../platform/atomicWrite.ts';
import { type Clock, formatUtc } from '../platform/clock.ts';

/** Of a run's lines the last are kept: they show how it ended. */
const linesKept = 5000;
/** Of the runs, the latest. */
const runsKept = 200;

/** What one run said to the server and heard from it, redacted before it comes here. */
export interface ProtocolLog {
  add(line: string): void;
  /** Keeps it for the history. */
  save(transmissionId: string): void;
}

export function createProtocolLog(dataDir: string, clock: Clock): ProtocolLog {
  let lines: string[] = [];
  return {
    add(line) {
      lines.push(`${formatUtc(clock.now())} ${line}`);
      if (lines.length > 2 * linesKept) lines = lines.slice(-linesKept);
    },
    save(transmissionId) {
      const folder = folderOf(dataDir);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const text = lines
        .slice(-linesKept)
        .map((line) => `${line}\n`)
        .join('');
      writeFileAtomic(join(folder, `${transmissionId}.log`), text, { mode: 0o600 });
      // The ids begin with the time they were made: the names sort by age.
      for (const old of readdirSync(folder).sort().slice(0, -runsKept))
        rmSync(join(folder, old), { force: true });
    },
  };
}

/** The protocol of a run, or none where it is not kept any more. */
export function readProtocol(dataDir: string, transmissionId: string): string[] {
  try {
    return readFileSync(join(folderOf(dataDir), `${transmissionId}.log`), 'utf8')
      .split('\n')
      .slice(0, -1);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'logs', 'runs');
}
