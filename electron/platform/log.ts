import { type DestinationStream, type Logger, destination as openDestination, pino } from 'pino';
import { type Clock, formatUtc } from './clock.ts';
import { redact } from './redact.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export interface LogOptions {
  readonly level: (typeof logLevels)[number];
  readonly clock: Clock;
  /** What may not appear, asked anew for every line: a password may be set while the log is open. */
  readonly secrets?: () => readonly (string | undefined)[];
  /** Standard error where none is given: standard output belongs to `--json`. */
  readonly destination?: DestinationStream;
}

/** The log: one JSON object a line. Every line passes the redaction here, whatever it is made of. */
export function createLog({ level, clock, secrets, destination }: LogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${formatUtc(clock.now())}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => redactLine(line, secrets?.() ?? []) },
    },
    // Synchronous: the last line before a crash is the one that matters.
    destination ?? openDestination({ dest: 2, sync: true }),
  );
}

const secretKey = /password|passwd|passphrase|secret|token|private.?key|vault.?key$/i;

/** Works on the values, not on the line: a rule that runs to the end of a line would break the JSON. */
function redactLine(line: string, secrets: readonly (string | undefined)[]): string {
  const value: unknown = JSON.parse(line, (key, part: unknown) => {
    if (typeof part === 'string') return secretKey.test(key) ? '***' : redact(part, secrets);
    return part;
  });
  return `${JSON.stringify(value)}\n`;
}
