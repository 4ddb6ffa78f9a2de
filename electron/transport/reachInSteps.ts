import type { Socket } from 'node:net';
import type { ExchangeError } from '../../shared/errors.ts';
import type { FtpConfiguration } from '../../shared/settings.ts';
import type { Clock } from '../platform/clock.ts';
import type { RunStep } from './connectSteps.ts';
import { connectSocket, type ResolveHost, resolveServer } from './reachServer.ts';

/** A connection to be, as far as reaching its server goes. */
interface Reaching {
  readonly failure: ExchangeError | undefined;
  readonly socket: Socket;
  orFailure<T>(work: Promise<T>): Promise<T>;
}

interface ReachInStepsInit {
  readonly ftp: Pick<FtpConfiguration, 'host' | 'port' | 'connectTimeoutSeconds'>;
  readonly clock: Clock;
  readonly connection: Reaching;
  readonly resolveHost: ResolveHost;
  readonly runStep: RunStep;
}

/** From a host name to a connected socket, as the steps `resolve` and `connect`. Errors: cannot-connect, timed-out (retry). */
export async function reachInSteps(init: ReachInStepsInit): Promise<void> {
  const { ftp, clock, connection, resolveHost, runStep } = init;
  const reach = {
    host: ftp.host,
    port: ftp.port,
    timeoutSeconds: ftp.connectTimeoutSeconds,
    clock,
    resolveHost,
    orFailure: <T>(work: Promise<T>) => connection.orFailure(work),
  };
  const addresses = await runStep('resolve', async (notes) => {
    const found = await resolveServer(reach);
    notes.detail = found
      .map(({ address }) => address)
      .join(', ')
      .slice(0, 500);
    return found;
  });
  await runStep('connect', async (notes) => {
    if (connection.failure !== undefined) throw connection.failure;
    await connectSocket(reach, connection.socket, addresses);
    notes.detail = `${connection.socket.remoteAddress} port ${connection.socket.remotePort}`;
  });
}
