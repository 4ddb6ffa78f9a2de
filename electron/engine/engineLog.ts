import type { RunNote } from '../../shared/progress.ts';
import type { Clock } from '../platform/clock.ts';
import { createLog } from '../platform/log.ts';
import { openLogFile } from '../platform/logFile.ts';

/** What the engine writes down for IT: the lines of each run, and what was said to the server. */
export interface EngineLog {
  note(note: RunNote): void;
  /** One line of the exchange with the server. */
  protocol(line: string): void;
  /** Never written from now on, whatever it appears in. */
  hide(secret: string): void;
  close(): void;
}

const pinoLevels = { info: 'info', warning: 'warn', error: 'error' } as const;

/** The log file of a data directory and, when `verbose`, standard error. Both pass the one redaction. */
export function openEngineLog(options: {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly verbose: boolean;
}): EngineLog {
  const hidden = new Set<string>();
  const common = { level: 'debug' as const, clock: options.clock, secrets: () => [...hidden] };
  const file = openLogFile(options.dataDir);
  const logs = [createLog({ ...common, destination: file })];
  if (options.verbose) logs.push(createLog(common));
  return {
    note(note) {
      for (const log of logs) log[pinoLevels[note.level]](note.text);
    },
    protocol(line) {
      for (const log of logs) log.debug(line);
    },
    hide: (secret) => hidden.add(secret),
    close: () => file.end(),
  };
}
