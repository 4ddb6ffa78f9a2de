import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { type Clock, nextTurn } from '../platform/clock.ts';
import { FtpReply } from './ftpReply.ts';

const openTimeoutMs = 30_000;

/**
 * The data connection of one session: first announced (by us or by the client), then opened for one transfer.
 *
 * Promise: takes and makes connections to the control connection's peer only, and one per announcement.
 */
export interface DataChannel {
  /** Listens for the client (PASV, EPSV) and tells the port. */
  listen(): Promise<number>;
  /** Remembers where to connect to (PORT, EPRT). */
  target(host: string, port: number): void;
  /**
   * Opens what was announced; with a context, the site is the TLS server on it (RFC 4217 §7).
   *
   * Errors: FtpReply 425.
   */
  open(secureContext: SecureContext | undefined): Promise<Socket>;
  /** Resolves when the open connection is closed, by whichever side. */
  gone(): Promise<void>;
  /** Cuts the open connection so that the client sees a reset. */
  reset(): void;
  /** Forgets the announcement, ends an `open` under way, and closes an open connection. */
  close(): void;
}

interface Announcement {
  readonly server?: Server;
  readonly socket: () => Promise<Socket>;
}

/** The address without the IPv4-in-IPv6 prefix. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/i, '');
}

async function secure(socket: Socket, secureContext: SecureContext): Promise<TLSSocket> {
  const secured = new TLSSocket(socket, { isServer: true, secureContext });
  await once(secured, 'secure');
  // The event comes from inside the handshake; ending the connection right there would put the goodbye
  // before the session tickets, which OpenSSL's clients answer with "shutdown while in init".
  await nextTurn();
  return secured;
}

export function createDataChannel(control: Socket, clock: Clock): DataChannel {
  const localHost = plainAddress(control.localAddress);
  const peerHost = plainAddress(control.remoteAddress);
  let announcement: Announcement | undefined;
  let raw: Socket | undefined;
  let giveUp: (() => void) | undefined;

  function keep(socket: Socket): Socket {
    // Errors are seen by whoever reads or writes; without a listener a reset before that would end the process.
    socket.on('error', () => undefined);
    raw = socket;
    return socket;
  }

  function accept(server: Server): Promise<Socket> {
    return new Promise((resolve) => {
      server.on('connection', (socket) => {
        if (plainAddress(socket.remoteAddress) !== peerHost) {
          socket.destroy();
          return;
        }
        server.close();
        resolve(keep(socket));
      });
    });
  }

  async function connectTo(host: string, port: number): Promise<Socket> {
    const socket = keep(connect({ host, port, localAddress: localHost, allowHalfOpen: true }));
    await once(socket, 'connect');
    return socket;
  }

  async function openNow(secureContext: SecureContext | undefined): Promise<Socket> {
    if (announcement === undefined) throw new FtpReply('425 Use PASV, EPSV, PORT or EPRT first.');
    const socket = await announcement.socket();
    return secureContext === undefined ? socket : await secure(socket, secureContext);
  }

  function close(): void {
    announcement?.server?.close();
    raw?.destroy();
    giveUp?.();
    announcement = raw = giveUp = undefined;
  }

  return {
    close,
    async listen() {
      close();
      const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true });
      server.listen(0, localHost);
      await once(server, 'listening');
      const accepted = accept(server);
      announcement = { server, socket: () => accepted };
      const address = server.address();
      if (address === null || typeof address === 'string') throw new FtpReply('425 Cannot listen.');
      return address.port;
    },
    target(host, port) {
      close();
      announcement = { socket: () => connectTo(host, port) };
    },
    async open(secureContext) {
      const late = Promise.withResolvers<never>();
      giveUp = () => late.reject(new FtpReply('425 No data connection came.'));
      const cancelTimer = clock.after(openTimeoutMs, giveUp);
      try {
        return await Promise.race([openNow(secureContext), late.promise]);
      } catch (error) {
        if (error instanceof FtpReply) throw error;
        throw new FtpReply('425 Cannot open the data connection.');
      } finally {
        giveUp = undefined;
        cancelTimer();
      }
    },
    async gone() {
      if (raw !== undefined && !raw.closed) await once(raw, 'close');
    },
    reset() {
      raw?.resetAndDestroy();
    },
  };
}
