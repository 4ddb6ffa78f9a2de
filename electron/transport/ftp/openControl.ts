import type { SecureContext } from 'node:tls';
import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import { connectError, connectTimedOut } from '../connectError.ts';
import type { RunStep } from '../connectSteps.ts';
import { inTime } from '../inTime.ts';
import { reachInSteps } from '../reachInSteps.ts';
import type { ResolveHost } from '../reachServer.ts';
import type { ControlConnection } from './controlConnection.ts';
import { isSuccess } from './ftpReply.ts';
import { greetingError, isTlsError, tlsFailed, tlsRefused } from './openError.ts';
import { TlsChannel } from './tlsChannel.ts';

export interface OpenControlInit {
  readonly ftp: FtpConfiguration;
  readonly clock: Clock;
  readonly control: ControlConnection;
  readonly resolveHost: ResolveHost;
  readonly secureContext: () => SecureContext;
  /** Fingerprints that a person has trusted for this host and port. */
  readonly trusted: readonly string[];
  readonly runStep: RunStep;
}

/**
 * From a host name to a greeted and, where configured, encrypted control connection.
 *
 * Promise: with TLS configured, nothing secret was sent and the certificate is trusted when this resolves.
 * Errors:  cannot-connect, timed-out, too-many-connections, tls-failed, untrusted.
 */
export async function openControl(init: OpenControlInit): Promise<TlsChannel | undefined> {
  const { ftp, clock, control, resolveHost, runStep } = init;
  await reachInSteps({ ftp, clock, connection: control, resolveHost, runStep });
  if (ftp.implicitTls) {
    const tls = await startTls(init);
    await greet(init);
    return tls;
  }
  await greet(init);
  return ftp.enableSsl ? startTls(init) : undefined;
}

async function greet({ ftp, control, runStep }: OpenControlInit): Promise<void> {
  await runStep('greeting', async (notes) => {
    const reply = await asOpening(control.greeting(), `${ftp.host} port ${ftp.port}`);
    const quoted = control.quote(reply);
    if (reply.code !== 220) throw greetingError(reply, quoted);
    notes.detail = quoted;
  });
}

async function startTls(init: OpenControlInit): Promise<TlsChannel> {
  const { ftp, control, clock, runStep } = init;
  return runStep('tls', async (notes) => {
    const tls = new TlsChannel({ ftp, context: init.secureContext(), trusted: init.trusted, clock });
    if (!ftp.implicitTls) {
      const reply = await control.request('AUTH TLS');
      if (!isSuccess(reply)) throw tlsRefused(control.quote(reply));
      // Words sent in clear must not be taken for words sent encrypted.
      if (control.unread !== '')
        throw tlsFailed(new Error('the server sent text before the encryption began'));
    }
    const raw = control.socket;
    const handshake = tls.secureControl(
      raw,
      (socket) => {
        control.socket = socket;
        // The upgrade took the listeners away; an error below is an error of the TLS socket, too.
        raw.on('error', () => {});
      },
      (facts, socket) => {
        notes.certificate = facts;
        const cipher = socket.getCipher();
        notes.detail = `${socket.getProtocol() ?? 'TLS'}, ${cipher.standardName ?? cipher.name}`;
      },
    );
    const late = () => connectTimedOut(`${ftp.host} (TLS)`, ftp.connectTimeoutSeconds);
    await asOpening(
      inTime(clock, ftp.connectTimeoutSeconds, control.orFailure(handshake), late),
      `${ftp.host} port ${ftp.port}`,
    );
    return tls;
  });
}

/** A connection that breaks before the log-in is one that could not be made. */
async function asOpening<T>(work: Promise<T>, target: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ExchangeError) || error.code !== 'connection-lost') throw error;
    // The control connection may notice it before the handshake tells.
    if (isTlsError(error.cause)) throw tlsFailed(error.cause);
    throw error.reply === undefined ? connectError(error.cause, target) : error;
  }
}
