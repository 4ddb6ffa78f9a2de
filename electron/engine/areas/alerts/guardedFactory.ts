import { ExchangeError } from '../../../../shared/errors.ts';
import { countFailure, holdLogin, noteLogin } from '../../../transmission/suspension/connectionState.ts';
import {
  isRefusedLogin,
  mayConnect,
  suspendedError,
} from '../../../transmission/suspension/suspensionRules.ts';
import type { TransportFactory } from '../../../transport/transport.ts';
import type { AreaParts } from '../area.ts';

/**
 * The saved server, for work of areas beside transmissions: exports, imports, drop folders.
 *
 * Promise: no connection while FTP is off, a log-in was refused, or the connection is suspended, also when its time is
 *          up: a transmission probes it. Failures to connect count with those of transmissions.
 * Errors:  ftp-disabled, login-held (fix), suspended (retry), at `open`; those of the factory.
 */
export function guardedFactory(
  parts: Pick<AreaParts, 'ledger' | 'clock' | 'configured'>,
  factory: TransportFactory,
): TransportFactory {
  const { ledger, clock } = parts;
  const check = () => {
    const { suspension: rules, ftp } = parts.configured();
    const row = ledger.read((tables) => tables.connection.get());
    const nowMs = clock.now();
    const permission = mayConnect(row, { nowMs, rules, enabled: ftp.enabled, unattended: true });
    if (permission.kind === 'closed') throw permission.error;
    if (permission.kind === 'probe') throw suspendedError(row, nowMs, nowMs);
  };
  return {
    label: factory.label,
    async open(options) {
      check();
      try {
        const transport = await factory.open(options);
        ledger.commit('logged-in', (tables) => noteLogin(tables, clock.now()));
        return transport;
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error;
        if (isRefusedLogin(error))
          ledger.commit('login-refused', (tables) => holdLogin(tables, clock.now(), error));
        if (error.class !== 'retry') throw error;
        const { suspension } = parts.configured();
        throw (
          ledger.commit('connect-failed', (tables) => countFailure(tables, { clock, suspension }, error)) ??
          error
        );
      }
    },
  };
}
