import { ExchangeError } from '../../../shared/errors.ts';
import type { SuspensionSettings } from '../../../shared/suspensionSettings.ts';
import type { ConnectionRow } from '../../ledger/ledger.ts';

/** Refusals after which runs without a person do not log in again. */
const refusals: readonly string[] = ['login-refused'];

export function isRefusedLogin(error: ExchangeError): boolean {
  return refusals.includes(error.code);
}

/** What a run may do with the connection. `probe`: one connection, and the oldest queued packet only. */
export type Permission =
  | { readonly kind: 'open' }
  | { readonly kind: 'probe' }
  | { readonly kind: 'closed'; readonly error: ExchangeError };

export interface Asking {
  readonly nowMs: number;
  readonly rules: SuspensionSettings;
  /** The switch "Enable FTP". */
  readonly enabled: boolean;
  /** Nobody asked for this run: the schedule did. */
  readonly unattended: boolean;
}

/**
 * Whether a run may connect. A pure rule.
 *
 * Source: design "Delivery rules": 10 failures in a row suspend the connection; a wrong password is not retried.
 */
export function mayConnect(row: ConnectionRow, { nowMs, rules, enabled, unattended }: Asking): Permission {
  if (!enabled) return { kind: 'closed', error: ftpDisabled() };
  if (row.held !== undefined && unattended) return { kind: 'closed', error: loginHeld(row.held.message) };
  const { suspended } = atThisClock(row, nowMs, rules);
  if (suspended === undefined) return { kind: 'open' };
  if (suspended.untilMs <= nowMs) return { kind: 'probe' };
  return { kind: 'closed', error: suspendedError(row, suspended.untilMs, nowMs) };
}

/** A clock that was set back, or a shorter time in the settings, never makes the rest longer than the set minutes from now. */
export function atThisClock(row: ConnectionRow, nowMs: number, rules: SuspensionSettings): ConnectionRow {
  if (row.suspended === undefined) return row;
  const latestMs = nowMs + rules.minutes * 60_000;
  if (row.suspended.untilMs <= latestMs) return row;
  return { ...row, suspended: { ...row.suspended, untilMs: latestMs } };
}

export interface Failure {
  readonly nowMs: number;
  readonly rules: SuspensionSettings;
  /** The server's last words, redacted and bounded. */
  readonly message: string;
}

/** One more failed attempt to connect or send. While suspended (this was the probe), the same time begins anew. */
export function afterFailure(row: ConnectionRow, { nowMs, rules, message }: Failure): ConnectionRow {
  const failures = row.failures + 1;
  const rests = row.suspended !== undefined || failures >= rules.failures;
  return {
    ...row,
    failures,
    lastMessage: message,
    lastFailureMs: nowMs,
    suspended: rests
      ? { sinceMs: row.suspended?.sinceMs ?? nowMs, untilMs: nowMs + rules.minutes * 60_000 }
      : undefined,
  };
}

/** The probe did not succeed for a reason that does not count (no room, a right that is missing): it rests again. */
export function afterOtherTrouble(
  row: ConnectionRow,
  nowMs: number,
  rules: SuspensionSettings,
): ConnectionRow {
  if (row.suspended === undefined) return row;
  return { ...row, suspended: { ...row.suspended, untilMs: nowMs + rules.minutes * 60_000 } };
}

/** A packet was sent, or a whole run went well. */
export function afterSuccess(row: ConnectionRow): ConnectionRow {
  return { ...row, failures: 0, suspended: undefined };
}

export function afterLogin(row: ConnectionRow, nowMs: number): ConnectionRow {
  return { ...row, held: undefined, lastLoginMs: nowMs };
}

export function afterRefusedLogin(
  row: ConnectionRow,
  nowMs: number,
  { code, message }: { readonly code: string; readonly message: string },
): ConnectionRow {
  return { ...row, held: { code, message, sinceMs: row.held?.sinceMs ?? nowMs } };
}

/** A person wants it tried now, or changed what it depends on: the next run probes. */
export function released(row: ConnectionRow, nowMs: number): ConnectionRow {
  return {
    ...row,
    held: undefined,
    suspended: row.suspended && { ...row.suspended, untilMs: Math.min(row.suspended.untilMs, nowMs) },
  };
}

export function suspendedError(row: ConnectionRow, untilMs: number, nowMs: number): ExchangeError {
  const minutes = Math.ceil((untilMs - nowMs) / 60_000);
  const left =
    minutes > 0
      ? `for ${minutes === 1 ? 'one more minute' : `${minutes} more minutes`}`
      : 'until the next transmission has tried it';
  const said = row.lastMessage === '' ? '' : ` The last message was: ${row.lastMessage}`;
  return new ExchangeError({
    code: 'suspended',
    class: 'retry',
    message: `The connection is suspended after ${inARow(row.failures)}, ${left}.${said}`,
    advice:
      'Files are packed and queued meanwhile, and go out when the server is back. To try at once: Try now, or branchline transmit --now',
  });
}

/** `10 failures in a row`. */
export function inARow(failures: number): string {
  return failures === 1 ? 'a failure' : `${failures} failures in a row`;
}

function ftpDisabled(): ExchangeError {
  return new ExchangeError({
    code: 'ftp-disabled',
    class: 'fix',
    message: 'FTP is switched off: files were packed and queued, and no connection was made.',
    advice: 'Turn on Enable FTP in the FTP Configuration (branchline config set ftp.enabled true).',
  });
}

function loginHeld(message: string): ExchangeError {
  return new ExchangeError({
    code: 'login-held',
    class: 'fix',
    message: `The log-in was refused, so scheduled transmissions do not try it again: accounts get locked. ${message}`,
    advice:
      'Correct username or password in the FTP Configuration, or transmit by hand (branchline transmit): both have it tried again.',
  });
}
