import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import type { EngineHost } from './engineHost.ts';

/** A client that does not read is let go before it fills the memory. */
const mostBufferedBytes = 64 * 1024 * 1024;
const mostMessageBytes = 16 * 1024 * 1024;
/** Close code: try again later. Source: RFC 6455 §7.4.1, IANA's registry. */
const tooSlow = 1013;

export interface SocketServer {
  close(): Promise<void>;
}

/**
 * Serves the contract on a local socket (a named pipe on Windows). The caller holds the data directory's lock, so
 * a socket file that is there is a dead engine's.
 *
 * Promise: only this user can connect (mode 0600, in a folder of mode 0700).
 */
export async function serveSocket(host: EngineHost, path: string): Promise<SocketServer> {
  const isFile = process.platform !== 'win32';
  if (isFile) rmSync(path, { force: true });
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server, maxPayload: mostMessageBytes, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    const client = host.connect({
      send(message) {
        if (socket.bufferedAmount > mostBufferedBytes) socket.close(tooSlow);
        else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
      },
    });
    socket.on('message', (data, isBinary) => {
      if (!isBinary) client.onMessage(data.toString());
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => client.onClose());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The file is made inside this call: at no moment can another user open it.
    const umask = isFile ? process.umask(0o177) : undefined;
    try {
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      if (umask !== undefined) process.umask(umask);
    }
  });
  return {
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (isFile) rmSync(path, { force: true });
    },
  };
}
