import type { Socket } from 'node:net';
import { connectionLost } from '../transportErrors.ts';
import type { TlsChannel } from './tlsChannel.ts';

/** A data connection that is being opened, from either side. */
export interface DataConnection {
  /** TCP is there. */
  readonly connected: Promise<Socket>;
  /** TCP and, where it is used, TLS are there: bytes may flow. */
  readonly opened: Promise<Socket>;
  /**
   * The server has taken the transfer command: TLS may begin. Before that pyftpdlib takes the first bytes of a
   * handshake for a peer that went away.
   */
  goAhead(): void;
  /** Gives the connection up, whatever state it is in. Calling twice is fine. */
  abandon(): void;
}

export function dataConnection(
  connected: Promise<Socket>,
  tls: TlsChannel | undefined,
  stopConnecting: () => void,
): DataConnection {
  let abandoned = false;
  let current: Socket | undefined;
  const keep = (socket: Socket): Socket => {
    current = socket;
    // Errors are read where the socket is used; without a listener they would end the process.
    socket.on('error', () => {});
    if (abandoned) socket.destroy();
    return socket;
  };
  const raw = connected.then(keep);
  const { promise: mayBegin, resolve: goAhead } = Promise.withResolvers<void>();
  const secure = async (channel: TlsChannel) => {
    const [socket] = await Promise.all([raw, mayBegin]);
    if (socket.destroyed) throw connectionLost('The data connection broke before TLS began.');
    return channel.secureData(socket, keep);
  };
  const opened = tls === undefined ? raw : secure(tls);
  raw.catch(() => {});
  opened.catch(() => {});
  return {
    connected: raw,
    opened,
    goAhead,
    abandon() {
      abandoned = true;
      // Never the socket below a TLS socket: Node 24 dies of a segmentation fault when that goes first.
      if (current === undefined) stopConnecting();
      else current.destroy();
    },
  };
}
