import type { SecureContext } from 'node:tls';
import { cancelledError, ExchangeError, throwIfCancelled } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { TrustedServer } from '../../../shared/trust.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Random, systemRandom } from '../../platform/random.ts';
import { stepReporter } from '../connectSteps.ts';
import { type ResolveHost, resolveBySystem } from '../reachServer.ts';
import type { CallOptions, ConnectStep, TransportFactory } from '../transport.ts';
import { trustedFingerprints } from './certificateTrust.ts';
import { ControlConnection } from './controlConnection.ts';
import { nothingKnown } from './ftpSession.ts';
import { FtpTransport } from './ftpTransport.ts';
import { logIn } from './logIn.ts';
import { openControl } from './openControl.ts';
import { makeSecureContext } from './tlsChannel.ts';

export interface FtpTransportFactoryOptions {
  readonly ftp: FtpConfiguration;
  readonly password: string;
  /** Server identities that a person has trusted. */
  readonly trusted?: readonly TrustedServer[];
  readonly clock: Clock;
  /** Chooses where to begin in the range of active ports. */
  readonly random?: Random;
  /** Every line of the control connection, redacted and bounded. The password is never in it. */
  readonly onLine?: (direction: 'sent' | 'received', text: string) => void;
  readonly resolveHost?: ResolveHost;
}

/**
 * Connections to the server of an FTP Configuration: plain, with explicit or with implicit TLS, passive or
 * active.
 *
 * Promise: Home Dir '' and '/' are both the directory that the log-in leads to. What one connection learned
 *          about the server saves the next one round trips.
 */
export function createFtpTransportFactory(options: FtpTransportFactoryOptions): TransportFactory {
  const { ftp, password, clock, random = systemRandom, resolveHost = resolveBySystem } = options;
  const knowledge = nothingKnown();
  const trusted = trustedFingerprints(ftp, options.trusted ?? []);
  let context: SecureContext | undefined;
  const secureContext = () => {
    context ??= makeSecureContext(ftp);
    return context;
  };
  return {
    label: labelOf(ftp),
    async open({ signal, onStep }: CallOptions & { readonly onStep?: (step: ConnectStep) => void } = {}) {
      throwIfCancelled(signal);
      const control = new ControlConnection({
        clock,
        replyTimeoutMs: ftp.replyTimeoutSeconds * 1000,
        secrets: [password],
        onLine: options.onLine,
      });
      const cancel = () => control.fail(cancelledError());
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const runStep = stepReporter(clock, onStep);
        const tls = await openControl({ ftp, clock, control, resolveHost, secureContext, trusted, runStep });
        const encrypted = tls !== undefined;
        const watched = onStep !== undefined;
        const features = await logIn({
          ftp,
          password,
          clock,
          control,
          encrypted,
          knowledge,
          watched,
          runStep,
        });
        return new FtpTransport({
          ftp,
          clock,
          random,
          control,
          tls,
          knowledge,
          features,
          binary: false,
          utf8Asked: false,
          homePath: undefined,
        });
      } catch (error) {
        const failure = control.failure;
        control.fail(error instanceof ExchangeError ? error : cancelledError('The connection was given up.'));
        throw failure?.class === 'cancelled' ? failure : error;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}

function labelOf(ftp: FtpConfiguration): string {
  const scheme = ftp.implicitTls ? 'ftps' : 'ftp';
  const host = ftp.host.includes(':') ? `[${ftp.host}]` : ftp.host;
  const home = ftp.homeDir.startsWith('/') ? ftp.homeDir : `/${ftp.homeDir}`;
  return `${scheme}://${encodeURIComponent(ftp.username)}@${host}:${ftp.port}${home}`;
}
