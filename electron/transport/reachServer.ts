import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { ExchangeError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { connectError, connectTimedOut } from './connectError.ts';
import { inTime } from './inTime.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks a host name up; the system's resolver unless a test brings its own. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: ResolveHost = (host) => systemLookup(host, { all: true });

export interface ReachInit {
  readonly host: string;
  readonly port: number;
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  readonly resolveHost: ResolveHost;
  /** The work's outcome, or the failure that ends this connection meanwhile (cancelling, for one). */
  readonly orFailure: <T>(work: Promise<T>) => Promise<T>;
}

/** The addresses of a host. Errors: cannot-connect, timed-out (retry). */
export async function resolveServer(init: ReachInit): Promise<readonly ResolvedAddress[]> {
  const { host, timeoutSeconds, clock, resolveHost, orFailure } = init;
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const late = () => connectTimedOut(host, timeoutSeconds);
  try {
    return await inTime(clock, timeoutSeconds, orFailure(resolveHost(host)), late);
  } catch (error) {
    throw error instanceof ExchangeError ? error : connectError(error, host);
  }
}

/** Connects a fresh socket to the first address that answers. Errors: cannot-connect, timed-out (retry). */
export async function connectSocket(
  { host, port, timeoutSeconds, clock, orFailure }: ReachInit,
  socket: Socket,
  addresses: readonly ResolvedAddress[],
): Promise<void> {
  const target = `${host} port ${port}`;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const refused = (error: unknown) => reject(connectError(error, target));
  socket.prependOnceListener('error', refused);
  // Node tries the addresses in turn, both families at nearly the same time.
  const lookup: LookupFunction = (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
  socket.connect({ host, port, lookup }, resolve);
  try {
    await inTime(clock, timeoutSeconds, orFailure(promise), () => connectTimedOut(target, timeoutSeconds));
  } finally {
    socket.removeListener('error', refused);
  }
  socket.setNoDelay(true);
  // Keeps routers from forgetting an idle connection, the control connection during a long transfer for one.
  socket.setKeepAlive(true, 30_000);
}
