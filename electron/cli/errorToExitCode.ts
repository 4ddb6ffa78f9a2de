import type { ErrorReport } from '../../shared/errors.ts';
import { type ExitCode, exitCodes } from '../../shared/exitCodes.ts';

const byCode: Readonly<Record<string, ExitCode>> = {
  usage: exitCodes.usage,
  'already-configured': exitCodes.usage,
  'unknown-packet': exitCodes.usage,
  'unknown-addressee': exitCodes.usage,
  'unknown-dataset': exitCodes.usage,
  'unknown-column': exitCodes.usage,
  'invalid-dataset': exitCodes.usage,
  'dataset-in-use': exitCodes.usage,
  'invalid-filter': exitCodes.usage,
  'invalid-row': exitCodes.usage,
  'file-not-found': exitCodes.usage,
  'folder-not-empty': exitCodes.usage,
  'not-configured': exitCodes.notConfigured,
  'invalid-settings': exitCodes.notConfigured,
  'secrets-unavailable': exitCodes.notConfigured,
  'vault-key-unusable': exitCodes.notConfigured,
  'vault-key-wrong': exitCodes.notConfigured,
  'vault-damaged': exitCodes.notConfigured,
  'service-not-installed': exitCodes.notConfigured,
  'home-not-found': exitCodes.notConfigured,
  'data-dir-not-writable': exitCodes.notConfigured,
  'data-dir-unsuitable': exitCodes.notConfigured,
  'store-number-taken': exitCodes.notConfigured,
  'foreign-office': exitCodes.notConfigured,
  'office-missing': exitCodes.notConfigured,
  'cannot-connect': exitCodes.cannotConnect,
  'timed-out': exitCodes.cannotConnect,
  'connection-lost': exitCodes.cannotConnect,
  'too-many-connections': exitCodes.cannotConnect,
  'server-trouble': exitCodes.cannotConnect,
  'tls-failed': exitCodes.cannotConnect,
  'active-refused': exitCodes.cannotConnect,
  'no-free-port': exitCodes.cannotConnect,
  'foreign-data-address': exitCodes.cannotConnect,
  'login-refused': exitCodes.loginRefused,
  'login-held': exitCodes.loginRefused,
  'ftp-disabled': exitCodes.notConfigured,
  'mail-not-set-up': exitCodes.notConfigured,
  'mail-file': exitCodes.notConfigured,
  'mail-unreachable': exitCodes.cannotConnect,
  'mail-timed-out': exitCodes.cannotConnect,
  'mail-refused-now': exitCodes.cannotConnect,
  'mail-refused': exitCodes.cannotConnect,
  'mail-tls-failed': exitCodes.cannotConnect,
  'mail-login-refused': exitCodes.loginRefused,
  'self-check-failed': exitCodes.selfCheckFailed,
  partial: exitCodes.partial,
  // A set that was refused: nothing is broken here, and what was published before stays.
  'too-many-row-errors': exitCodes.partial,
  'too-few-rows': exitCodes.partial,
  'nothing-corrected': exitCodes.partial,
  'wrong-correction': exitCodes.partial,
  'wrong-header': exitCodes.partial,
  'no-header': exitCodes.partial,
  'quote-not-closed': exitCodes.partial,
  'not-utf8': exitCodes.partial,
  'damaged-text': exitCodes.partial,
  'not-csv': exitCodes.partial,
  'wrong-archive': exitCodes.partial,
  'damaged-archive': exitCodes.partial,
  'unknown-import-channel': exitCodes.usage,
  'set-needed': exitCodes.usage,
  suspended: exitCodes.suspended,
};

/** The one place that turns an error into an exit code: by its code, else by its class. */
export function errorToExitCode(error: Pick<ErrorReport, 'code' | 'class'>): ExitCode {
  const code = Object.hasOwn(byCode, error.code) ? byCode[error.code] : undefined;
  if (code !== undefined) return code;
  if (error.class === 'busy') return exitCodes.busy;
  if (error.class === 'trust') return exitCodes.untrusted;
  if (error.class === 'cancelled') return exitCodes.interrupted;
  return exitCodes.unexpected;
}
