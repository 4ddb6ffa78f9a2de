import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RunStep } from './connectSteps.ts';
import type { ControlConnection } from './controlConnection.ts';
import { isSuccess } from './ftpReply.ts';
import { inTime } from './inTime.ts';
import {
  connectError,
  connectTimedOut,
  greetingError,
  isTlsError,
  tlsFailed,
  tlsRefused,
} from './openError.ts';
import { TlsChannel } from './tlsChannel.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks a host name up; the system's resolver unless a test brings its own. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: ResolveHost = (host) => systemLookup(host, { all: true });

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
  const { ftp, runStep } = init;
  const addresses = await runStep('resolve', async (notes) => {
    const found = await resolve(init);
    notes.detail = found
      .map(({ address }) => address)
      .join(', ')
      .slice(0, 500);
    return found;
  });
  await runStep('connect', async (notes) => {
    await connectTcp(init, addresses);
    const { remoteAddress, remotePort } = init.control.socket;
    notes.detail = `${remoteAddress} port ${remotePort}`;
  });
  if (ftp.implicitTls) {
    const tls = await startTls(init);
    await greet(init);
    return tls;
  }
  await greet(init);
  return ftp.enableSsl ? startTls(init) : undefined;
}

async function resolve({
  ftp,
  clock,
  control,
  resolveHost,
}: OpenControlInit): Promise<readonly ResolvedAddress[]> {
  const family = isIP(ftp.host);
  if (family !== 0) return [{ address: ftp.host, family }];
  const late = () => connectTimedOut(ftp.host, ftp.connectTimeoutSeconds);
  try {
    return await inTime(clock, ftp.connectTimeoutSeconds, control.orFailure(resolveHost(ftp.host)), late);
  } catch (error) {
    throw error instanceof ExchangeError ? error : connectError(error, ftp.host);
  }
}

async function connectTcp(
  { ftp, clock, control }: OpenControlInit,
  addresses: readonly ResolvedAddress[],
): Promise<void> {
  const target = `${ftp.host} port ${ftp.port}`;
  if (control.failure !== undefined) throw control.failure;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { socket } = control;
  const refused = (error: unknown) => reject(connectError(error, target));
  socket.prependOnceListener('error', refused);
  // Node tries the addresses in turn, both families at nearly the same time.
  const lookup: LookupFunction = (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
  socket.connect({ host: ftp.host, port: ftp.port, lookup }, resolve);
  try {
    await inTime(clock, ftp.connectTimeoutSeconds, control.orFailure(promise), () =>
      connectTimedOut(target, ftp.connectTimeoutSeconds),
    );
  } finally {
    socket.removeListener('error', refused);
  }
  socket.setNoDelay(true);
  // Keeps routers from forgetting the control connection during a long transfer.
  socket.setKeepAlive(true, 30_000);
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
