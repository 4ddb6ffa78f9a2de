import type { Socket } from 'node:net';
import type { TlsChannel } from './tlsChannel.ts';

/** A data connection that is being opened, from either side. */
export interface DataConnection {
  /** TCP is there. */
  readonly connected: Promise<Socket>;
  /** TCP and, where it is used, TLS are there: bytes may flow. */
  readonly opened: Promise<Socket>;
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
  const opened = tls === undefined ? raw : raw.then((socket) => tls.secureData(socket)).then(keep);
  raw.catch(() => {});
  opened.catch(() => {});
  return {
    connected: raw,
    opened,
    abandon() {
      abandoned = true;
      stopConnecting();
      current?.destroy();
    },
  };
}
