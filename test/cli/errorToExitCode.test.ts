import { describe, expect, test } from 'vitest';
import { errorToExitCode } from '../../electron/cli/errorToExitCode.ts';
import type { ErrorClass } from '../../shared/errors.ts';

const table: readonly (readonly [string, ErrorClass, number])[] = [
  ['usage', 'fix', 2],
  ['already-configured', 'fix', 2],
  ['unknown-packet', 'fix', 2],
  ['unknown-addressee', 'fix', 2],
  ['file-not-found', 'fix', 2],
  ['folder-not-empty', 'fix', 2],
  ['not-configured', 'fix', 3],
  ['secrets-unavailable', 'fix', 3],
  ['vault-key-unusable', 'fix', 3],
  ['vault-key-wrong', 'fix', 3],
  ['vault-damaged', 'fix', 3],
  ['home-not-found', 'fix', 3],
  ['data-dir-not-writable', 'fix', 3],
  ['data-dir-unsuitable', 'fix', 3],
  ['invalid-settings', 'fix', 3],
  ['store-number-taken', 'fix', 3],
  ['foreign-office', 'fix', 3],
  ['office-missing', 'fix', 3],
  ['cannot-connect', 'retry', 4],
  ['timed-out', 'retry', 4],
  ['connection-lost', 'retry', 4],
  ['too-many-connections', 'busy', 4],
  ['server-trouble', 'retry', 4],
  ['tls-failed', 'fix', 4],
  ['active-refused', 'fix', 4],
  ['no-free-port', 'retry', 4],
  ['foreign-data-address', 'fix', 4],
  ['login-refused', 'fix', 5],
  ['self-check-failed', 'fix', 6],
  ['partial', 'fix', 7],
  ['suspended', 'retry', 8],
  ['busy', 'busy', 9],
  ['untrusted', 'trust', 10],
  ['cancelled', 'cancelled', 130],
  ['no-room', 'full', 1],
  ['unexpected', 'fix', 1],
  ['toString', 'fix', 1],
];

describe('errorToExitCode', () => {
  test.each(table)('%s (%s) is %i', (code, errorClass, exitCode) => {
    expect(errorToExitCode({ code, class: errorClass })).toBe(exitCode);
  });
});
