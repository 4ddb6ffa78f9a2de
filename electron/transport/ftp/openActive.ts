import { createServer, isIPv4, type Server, type Socket } from 'node:net';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Random } from '../../platform/random.ts';
import { randomFraction } from '../../platform/random.ts';
import { activeCommand } from './activeCommand.ts';
import { type DataConnection, dataConnection } from './dataConnection.ts';
import { isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { plainAddress } from './passiveTarget.ts';
import { replyError } from './replyError.ts';

/**
 * Listens, tells the server where (PORT or EPRT), and waits for its connection. Over TLS this side stays the
 * TLS client, whoever opened the TCP connection.
 *
 * Promise: only the control connection's peer is let in; the port is closed after the first connection.
 * Errors:  active-refused (fix), no-free-port (fix), timed-out (retry).
 * Source:  RFC 959 §3.3; RFC 2428 §2; RFC 4217 §7.
 */
export async function openActive(session: FtpSession): Promise<DataConnection> {
  const { control, ftp } = session;
  const localAddress = plainAddress(control.socket.localAddress ?? '');
  const peer = plainAddress(control.socket.remoteAddress ?? '');
  const { server, port } = await listen(localAddress, ftp.activePorts, session.random);
  const arrival = awaitPeer(session, server, peer);
  const data = dataConnection(arrival, session.tls, () => server.close());
  const announced = ftp.activeAddress ?? localAddress.replace(/%.*$/, '');
  try {
    const command = activeCommand(announced, port);
    const reply = await control.request(command);
    if (!isSuccess(reply)) throw activeRefused(replyError(reply, control.quote(reply), command));
    return data;
  } catch (error) {
    data.abandon();
    throw error;
  }
}

/** The first connection from the control connection's peer. */
function awaitPeer(session: FtpSession, server: Server, peer: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const seconds = session.ftp.connectTimeoutSeconds;
  const stopTimer = session.clock.after(seconds * 1000, () => {
    server.close();
    reject(neverConnected(seconds));
  });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    if (plainAddress(socket.remoteAddress ?? '') !== peer) {
      socket.destroy();
      return;
    }
    stopTimer();
    socket.setNoDelay(true);
    resolve(socket);
    server.close();
  });
  server.once('close', () => {
    stopTimer();
    reject(neverConnected(seconds));
  });
  return promise;
}

async function listen(
  address: string,
  range: { readonly from: number; readonly through: number } | undefined,
  random: Random,
): Promise<{ server: Server; port: number }> {
  if (range === undefined) return withPort(await listenOn(address, 0));
  const count = range.through - range.from + 1;
  const start = Math.floor(randomFraction(random) * count);
  for (let step = 0; step < count; step += 1) {
    const port = range.from + ((start + step) % count);
    try {
      return withPort(await listenOn(address, port));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  throw new ExchangeError({
    code: 'no-free-port',
    class: 'retry',
    message: `No port from ${range.from} through ${range.through} is free for a data connection.`,
    advice: 'Widen the range of active ports, or use fewer connections.',
  });
}

function withPort(server: Server): { server: Server; port: number } {
  const bound = server.address();
  return { server, port: typeof bound === 'object' && bound !== null ? bound.port : 0 };
}

function listenOn(address: string, port: number): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const server = createServer();
  server.once('error', reject);
  server.listen({ host: address, port, backlog: 5, ipv6Only: !isIPv4(address) }, () => {
    server.removeListener('error', reject);
    server.on('error', () => {});
    resolve(server);
  });
  return promise;
}

function activeRefused(cause: ExchangeError): ExchangeError {
  if (cause.class === 'retry') return cause;
  return new ExchangeError({
    code: 'active-refused',
    class: 'fix',
    message: `The server refuses active mode. It said: ${cause.reply ?? ''}`,
    advice: 'Turn on Passive Mode in the FTP Configuration.',
    ...(cause.reply === undefined ? {} : { reply: cause.reply }),
    cause,
  });
}

function neverConnected(seconds: number): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `The server did not connect back within ${seconds} seconds (active mode).`,
    advice: 'A firewall or router here may block it. Turn on Passive Mode, or open the active ports.',
  });
}
